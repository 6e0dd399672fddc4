import type { CommandEvent } from '../../events/stored-event.interface.js';
import type { AgentsDeed } from '../../threads/thread-event-publisher.js';

/** What the app learns of a command that closes or reopens a thread. */
export function changeOf(
  type: AgentsDeed['type'],
  { id, threadId, agent, message: { chatId, messageId }, atMs }: CommandEvent,
): AgentsDeed {
  return { type, id: `${id}:${type}`, threadId, agent, message: { chatId, messageId }, atMs };
}
