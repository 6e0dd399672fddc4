import { setImmediate as turn } from 'node:timers/promises';
import { vi } from 'vitest';
import type { TranscriptStore } from '../../../src/chat-widget/transcripts/transcript-store.js';

/** Holds what a store in memory has listed until it is released, so that a test decides who gets it when. */
export class HeldLists {
  readonly #held: Array<() => void> = [];
  #isHolding = false;

  constructor(store: TranscriptStore) {
    const list = store.list.bind(store);
    store.list = async (...args) => {
      const messages = await list(...args);
      if (this.#isHolding) await new Promise<void>((resolve) => this.#held.push(resolve));
      return messages;
    };
  }

  get count(): number {
    return this.#held.length;
  }

  hold(): void {
    this.#isHolding = true;
  }

  /** Waits until so many are held. */
  async until(count: number): Promise<void> {
    await vi.waitUntil(() => this.count >= count, { timeout: 20_000, interval: 1 });
  }

  /** Releases one, the oldest unless told otherwise, and lets whoever waited for it go on as far as it can. */
  async release(nth = 0): Promise<void> {
    const [resume] = this.#held.splice(nth % Math.max(1, this.count), 1);
    resume?.();
    await turn();
  }

  /** Releases all, and holds no more. */
  releaseAll(): void {
    this.#isHolding = false;
    for (const resume of this.#held.splice(0)) resume();
  }
}
