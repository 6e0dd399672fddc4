import type { Clock } from '../../clock/clock.js';
import { BotApiFailure } from '../http/bot-api.failure.js';

/**
 * Waits, as Telegram's server does, where a flood wait is short: the call is answered late instead
 * of with 429. Calls to one chat follow each other, so that one that waits holds up the next ones
 * (td: NetQueryCreator.cpp:74, NetQueryDelayer.cpp:37-108).
 */
export class FloodPatience {
  readonly #clock: Clock;
  readonly #maxMs: number;
  readonly #chains = new Map<string, Promise<unknown>>();

  /** @param maxMs How long one call may wait in all; 0: not at all. */
  constructor(clock: Clock, maxMs: number) {
    this.#clock = clock;
    this.#maxMs = maxMs;
  }

  /** Performs `work`, again after each short flood wait; calls without a chat never wait. */
  perform<T>(chatId: string, work: () => T | Promise<T>): T | Promise<T> {
    if (this.#maxMs === 0 || chatId === '') return work();
    const before = this.#chains.get(chatId) ?? Promise.resolve();
    const result = before.then(() => this.#insist(work));
    const done = result.then(ignore, ignore);
    this.#chains.set(chatId, done);
    return result;
  }

  async #insist<T>(work: () => T | Promise<T>): Promise<T> {
    for (let waitedMs = 0; ;) {
      try {
        return await work();
      } catch (error) {
        const delayMs = floodWaitOf(error) * 1000;
        if (delayMs === 0 || waitedMs + delayMs > this.#maxMs) throw error;
        waitedMs += delayMs;
        await new Promise<void>((resolve) => {
          this.#clock.setTimer(resolve, delayMs);
        });
      }
    }
  }
}

function floodWaitOf(error: unknown): number {
  return error instanceof BotApiFailure ? (error.parameters?.retry_after ?? 0) : 0;
}

function ignore(): void {
  // Whoever made the call sees how it went; the next one only waits for its end.
}
