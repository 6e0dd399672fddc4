import type { ThreadMessage } from './thread-message.interface.js';

/** A thread has fewer messages in Telegram in the time for which they are kept; of others the newest count. */
export const MOST_THREAD_MESSAGES = 1_000;

/**
 * Stores which messages a thread has in Telegram, at all desks, so that they can be found again. Kept for
 * `mappingTtlSeconds` after the last one; every method throws a {@link ThreadMappingError} when the store does not answer
 * within 2 seconds.
 */
export abstract class ThreadMessageRepository {
  /** Adds messages; one that is there already counts once. Any process may call it at any time. */
  abstract add(threadId: string, messages: readonly ThreadMessage[]): Promise<void>;

  /** The newest messages, each once, in the order in which they were added. */
  abstract list(threadId: string): Promise<readonly ThreadMessage[]>;

  /** Forgets the messages of a thread. */
  abstract remove(threadId: string): Promise<void>;
}

/** The messages, each once and as it was added last. */
export function distinctMessages(messages: readonly ThreadMessage[]): readonly ThreadMessage[] {
  const byId = new Map(messages.map((one) => [`${one.chatId}:${one.messageId}`, one]));
  return [...byId.values()];
}
