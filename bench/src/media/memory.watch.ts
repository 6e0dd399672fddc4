import type { MemoryGrowth } from './media.task.js';

const LOOK_EVERY_MS = 50;

/** Watches by how much the memory of this process grows; needs `--expose-gc`. */
export class MemoryWatch {
  readonly #residentBytes: number;
  readonly #keptBytes: number;
  #peakBytes = 0;

  constructor() {
    this.#keptBytes = keptBytes();
    this.#residentBytes = process.memoryUsage.rss();
    setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
  }

  growth(): MemoryGrowth {
    this.#look();
    return { peakBytes: this.#peakBytes, keptBytes: keptBytes() - this.#keptBytes };
  }

  #look(): void {
    this.#peakBytes = Math.max(this.#peakBytes, process.memoryUsage.rss() - this.#residentBytes);
  }
}

function keptBytes(): number {
  // Buffers that a collection frees count until the next one.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
