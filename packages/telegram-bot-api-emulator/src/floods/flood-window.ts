import type { Clock } from '../time/clock.js';

/** How many messages are taken in a window of time. */
export interface FloodLimit {
  readonly messages: number;
  readonly windowMs: number;
}

/**
 * Counts messages in sliding windows, one per key. A refused message does not count, so the time to
 * wait counts down to the fixed moment at which the oldest message leaves the window.
 */
export class FloodWindow {
  readonly #clock: Clock;
  readonly #limit: FloodLimit;
  /** By key: when the messages in the window were sent. */
  readonly #sent = new Map<string, number[]>();

  constructor(clock: Clock, limit: FloodLimit) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** The milliseconds until `count` more messages fit; more than the window takes need it empty. */
  waitFor(key: string, count: number): number {
    const { messages, windowMs } = this.#limit;
    const now = this.#clock.monotonicMs();
    const sent = (this.#sent.get(key) ?? []).filter((time) => time + windowMs > now);
    this.#sent.set(key, sent);
    const tooMany = Math.min(sent.length, sent.length + count - messages);
    const last = sent[tooMany - 1];
    return last === undefined ? 0 : last + windowMs - now;
  }

  /** Counts messages that were sent. */
  add(key: string, count: number): void {
    const now = this.#clock.monotonicMs();
    const sent = this.#sent.get(key) ?? [];
    sent.push(...Array.from({ length: count }, () => now));
    this.#sent.set(key, sent);
  }
}
