import type { Clock } from '../time/clock.js';

const SUCCESS_COUNTS_MS = 10_000;
const SLOW = { connections: 1, windowMs: 2_000 };
const FAST = { connections: 10, windowMs: 500 };
const IDLE_TIMEOUT_MS = 60_000;

/**
 * How many connections Telegram opens to a webhook, and how fast: one every two seconds while
 * nothing has succeeded in the last ten, ten in half a second otherwise; one that is free is used
 * again (telegram-bot-api, WebhookActor.cpp:270-330, 701-703).
 */
export class DeliveryConcurrency {
  readonly #clock: Clock;
  readonly #max: number;
  #busy = 0;
  /** Since when each free connection has been free. */
  #free: number[] = [];
  /** When connections were opened lately. */
  #opened: number[] = [];
  #lastSuccessAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, max: number) {
    this.#clock = clock;
    this.#max = max;
  }

  /**
   * Takes a connection: 0 when there is one, otherwise the milliseconds until one may be opened;
   * undefined when only the end of a delivery frees one.
   */
  take(): number | undefined {
    const now = this.#clock.monotonicMs();
    this.#free = this.#free.filter((since) => since + IDLE_TIMEOUT_MS > now);
    if (this.#free.pop() === undefined) {
      if (this.#busy >= this.#max) return undefined;
      const isFast = this.#lastSuccessAt + SUCCESS_COUNTS_MS > now;
      if (!isFast && this.#busy >= SLOW.connections) return undefined;
      const waitMs = this.#open(now, isFast ? FAST : SLOW);
      if (waitMs > 0) return waitMs;
    }
    this.#busy++;
    return 0;
  }

  /** Gives a connection back; `isAlive` says whether it can be used again. */
  release(isAlive: boolean): void {
    this.#busy--;
    if (isAlive) this.#free.push(this.#clock.monotonicMs());
  }

  /** Says that the webhook has taken an update. */
  succeed(): void {
    this.#lastSuccessAt = this.#clock.monotonicMs();
  }

  #open(now: number, limit: { connections: number; windowMs: number }): number {
    const since = now - limit.windowMs;
    this.#opened = this.#opened.filter((at) => at > now - SLOW.windowMs);
    const recent = this.#opened.filter((at) => at > since);
    const oldest = recent[recent.length - limit.connections];
    if (oldest !== undefined) return oldest + limit.windowMs - now;
    this.#opened.push(now);
    return 0;
  }
}
