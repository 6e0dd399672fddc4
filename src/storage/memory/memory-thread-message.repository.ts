import type { TtlMap } from '../../common/ttl-map.js';
import type { ThreadMessage } from '../../threads/thread-message.interface.js';
import {
  distinctMessages,
  MOST_THREAD_MESSAGES,
  ThreadMessageRepository,
} from '../../threads/thread-message.repository.js';

/** Keeps the messages of threads in the memory of this process, until it ends. */
export class MemoryThreadMessageRepository extends ThreadMessageRepository {
  readonly #messages: TtlMap<readonly ThreadMessage[]>;

  constructor(messages: TtlMap<readonly ThreadMessage[]>) {
    super();
    this.#messages = messages;
  }

  add(threadId: string, messages: readonly ThreadMessage[]): Promise<void> {
    const all = [...(this.#messages.get(threadId) ?? []), ...messages];
    this.#messages.set(threadId, all.slice(-MOST_THREAD_MESSAGES));
    return Promise.resolve();
  }

  list(threadId: string): Promise<readonly ThreadMessage[]> {
    return Promise.resolve(distinctMessages(this.#messages.get(threadId) ?? []));
  }

  remove(threadId: string): Promise<void> {
    this.#messages.delete(threadId);
    return Promise.resolve();
  }
}
