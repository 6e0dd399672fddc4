import { WaitingThreads, type WaitingThread } from '../waiting-threads.js';

/** Keeps the waiting threads in the memory of this process, until it ends. */
export class MemoryWaitingThreads extends WaitingThreads {
  readonly #sinceMs = new Map<string, number>();

  add({ threadId, sinceMs }: WaitingThread): Promise<void> {
    if (!this.#sinceMs.has(threadId)) this.#sinceMs.set(threadId, sinceMs);
    return Promise.resolve();
  }

  remove(threadId: string): Promise<void> {
    this.#sinceMs.delete(threadId);
    return Promise.resolve();
  }

  oldest(most: number): Promise<readonly WaitingThread[]> {
    const all = [...this.#sinceMs].map(([threadId, sinceMs]) => ({ threadId, sinceMs }));
    return Promise.resolve(all.toSorted((a, b) => a.sinceMs - b.sinceMs).slice(0, most));
  }

  count(): Promise<number> {
    return Promise.resolve(this.#sinceMs.size);
  }
}
