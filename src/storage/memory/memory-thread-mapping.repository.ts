import type { TtlMap } from '../../common/ttl-map.js';
import { assertIdentifier } from '../../threads/identifier.js';
import type { MessageRef } from '../../threads/message-ref.interface.js';
import { ThreadMappingRepository } from '../../threads/thread-mapping.repository.js';

/** Keeps the mappings in this process; they are gone when it ends. */
export class MemoryThreadMappingRepository extends ThreadMappingRepository {
  readonly #threads: TtlMap<string>;

  constructor(threads: TtlMap<string>) {
    super();
    this.#threads = threads;
  }

  async store(message: MessageRef, threadId: string): Promise<void> {
    assertIdentifier('store', 'threadId', threadId);
    this.#threads.set(keyOf(message), threadId);
  }

  find(message: MessageRef): Promise<string | null> {
    return Promise.resolve(this.#threads.renew(keyOf(message)) ?? null);
  }

  override remove(message: MessageRef): Promise<void> {
    this.#threads.delete(keyOf(message));
    return Promise.resolve();
  }
}

function keyOf({ chatId, messageId }: MessageRef): string {
  return `${chatId}:${messageId}`;
}
