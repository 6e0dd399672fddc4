import type { ThreadRecord, ThreadTopic } from './thread-record.interface.js';
import type { ThreadState } from './thread-state.interface.js';

/** The ids of supergroups are those of their links with this in front. */
const SUPERGROUP_PREFIX = '-100';

/** What an app is told of a thread. */
export function stateOf(record: ThreadRecord): ThreadState {
  const { threadId, desk, status, assigneeId = null, topic, lastActivityAtMs } = record;
  const topicUrl = topic && !topic.isGone ? linkTo(topic) : null;
  return {
    threadId,
    desk,
    status,
    assigneeId,
    topicUrl,
    lastActivityAt: new Date(lastActivityAtMs),
  };
}

/** For members of the group, whether or not it has a username. */
function linkTo({ chatId, topicId }: ThreadTopic): string | null {
  const id = String(chatId);
  if (!id.startsWith(SUPERGROUP_PREFIX)) return null;
  return `https://t.me/c/${id.slice(SUPERGROUP_PREFIX.length)}/${topicId}`;
}
