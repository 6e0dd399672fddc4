import type { ShownStatus, ThreadChanges, ThreadRecord } from './thread-record.interface.js';
import type { TopicRef } from './topic-ref.interface.js';

/** The name of the desk whose options stand at the top, beside those of the bot. */
export const DEFAULT_DESK = 'default';

/** A record of which nothing has been stored yet. */
export function emptyRecord(threadId: string): ThreadRecord {
  return { threadId, desk: DEFAULT_DESK, status: 'waiting', lastActivityAtMs: 0 };
}

/** What the icon of the topic of a thread is to show. */
export function shownStatusOf({
  status,
  overdueSinceMs,
}: Pick<ThreadRecord, 'status' | 'overdueSinceMs'>): ShownStatus {
  return status === 'waiting' && overdueSinceMs !== undefined ? 'overdue' : status;
}

/** A record with some fields set; null removes one, undefined leaves it. */
export function withChanges(
  threadId: string,
  record: ThreadRecord | undefined,
  changes: ThreadChanges,
): ThreadRecord {
  const fields: Record<string, unknown> = { ...(record ?? emptyRecord(threadId)) };
  for (const [field, value] of Object.entries(changes)) {
    if (value === null) delete fields[field];
    else if (value !== undefined) fields[field] = value;
  }
  return { ...emptyRecord(threadId), ...fields };
}

/** The former topics of a thread when it leaves one, whether or not that is there any more: Telegram may have kept its messages. */
export function withFormerTopic(
  formerTopics: ThreadRecord['formerTopics'],
  topic: TopicRef | undefined,
): ThreadRecord['formerTopics'] {
  if (!topic) return formerTopics;
  const { chatId, topicId } = topic;
  return [...(formerTopics ?? []), { chatId, topicId }];
}
