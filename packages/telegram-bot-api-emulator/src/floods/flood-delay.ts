import type { Clock } from '../time/clock.js';
import { Pauses } from '../time/pauses.js';
import { BotApiError } from '../common/bot-api.error.js';

/**
 * Waits, as Telegram's server does, where a flood wait is short: the call is answered late instead
 * of with 429. Calls to one chat follow each other, so that one that waits holds up the next ones
 * (td: NetQueryCreator.cpp:74, NetQueryDelayer.cpp:37-108).
 */
export class FloodDelay {
  readonly #maxMs: number;
  readonly #pending = new Map<string, Promise<unknown>>();
  readonly #pauses: Pauses;

  /** @param maxMs How long one call may wait in all; 0: not at all. */
  constructor(clock: Clock, maxMs: number) {
    this.#pauses = new Pauses(clock);
    this.#maxMs = maxMs;
  }

  /**
   * Performs `work`, again after each short flood wait.
   *
   * @param key Calls of one key follow each other; undefined for a call that never waits.
   */
  perform<T>(key: string | undefined, work: () => T | Promise<T>): T | Promise<T> {
    if (this.#maxMs === 0 || key === undefined) return work();
    const before = this.#pending.get(key) ?? Promise.resolve();
    const result = before.then(() => this.#insist(work));
    const done = result.then(ignore, ignore);
    this.#pending.set(key, done);
    return result;
  }

  /** Gives up all that waits: nobody gets an answer any more. */
  close(): void {
    this.#pauses.cancel();
  }

  async #insist<T>(work: () => T | Promise<T>): Promise<T> {
    for (let waitedMs = 0; ;) {
      try {
        return await work();
      } catch (error) {
        const delayMs = floodWaitOf(error) * 1000;
        if (delayMs === 0 || waitedMs + delayMs > this.#maxMs) throw error;
        waitedMs += delayMs;
        await this.#pauses.wait(delayMs);
      }
    }
  }
}

function floodWaitOf(error: unknown): number {
  return error instanceof BotApiError ? (error.parameters?.retry_after ?? 0) : 0;
}

function ignore(): void {
  // Whoever made the call sees how it went; the next one only waits for its end.
}
