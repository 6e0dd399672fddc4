import type { ThreadRecord, ThreadTopic } from './thread-record.interface.js';
import type { ThreadState } from './thread-state.interface.js';

/** The ids of supergroups are those of their links with this in front. */
const SUPERGROUP_PREFIX = '-100';

/** What an app is told of a thread. */
export function stateOf(record: ThreadRecord): ThreadState {
  const { threadId, desk, status, topic, lastActivityAtMs } = record;
  const { assigneeId = null, assigneeName = null } = record;
  const { firstReplyMs = null, lastReplyMs = null } = record;
  const topicUrl = topic && !topic.isGone ? linkTo(topic) : null;
  return {
    threadId,
    desk,
    status,
    assigneeId,
    assigneeName,
    topicUrl,
    firstReplyMs,
    lastReplyMs,
    lastActivityAt: new Date(lastActivityAtMs),
  };
}

/** Opens a thread in Telegram: its topic, else its first notice; null when there is no such link. */
export function linkToThread({ topic, card }: Pick<ThreadRecord, 'topic' | 'card'>): string | null {
  if (topic && !topic.isGone) return linkTo(topic);
  return card ? linkOf(card.chatId, card.messageId) : null;
}

/** For members of the group, whether or not it has a username. */
function linkTo({ chatId, topicId }: ThreadTopic): string | null {
  return linkOf(chatId, topicId);
}

function linkOf(chatId: number, messageId: number): string | null {
  const id = String(chatId);
  if (!id.startsWith(SUPERGROUP_PREFIX)) return null;
  return `https://t.me/c/${id.slice(SUPERGROUP_PREFIX.length)}/${messageId}`;
}
