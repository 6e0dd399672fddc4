import type { Clock } from '../../clock/clock.js';

/** How many messages a chat takes in a window of time. */
export interface FloodLimit {
  readonly messages: number;
  readonly windowMs: number;
}

/**
 * Counts the messages of each chat in a sliding window. A refused message does not count, so the
 * time to wait counts down to the fixed moment at which the oldest message leaves the window.
 */
export class FloodWindow {
  readonly #clock: Clock;
  /** By chat id: when the messages in the window were sent. */
  readonly #sent = new Map<number, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a message to a chat; the seconds to wait, at least 1, if there is no room for it. */
  take(chatId: number, { messages, windowMs }: FloodLimit): number {
    const now = this.#clock.now();
    const sent = (this.#sent.get(chatId) ?? []).filter((time) => time + windowMs > now);
    this.#sent.set(chatId, sent);
    if (sent.length < messages) {
      sent.push(now);
      return 0;
    }
    const frees = (sent[sent.length - messages] ?? now) + windowMs;
    return Math.max(1, Math.ceil((frees - now) / 1000));
  }
}
