import type { Clock } from '../../common/clock.js';
import { ChatRateLimiter, type RateLimitDecision } from '../../chat/chat-rate-limiter.js';
import type { RateLimitOptions } from '../../config/rate-limit.options.js';

/** A sliding window over the messages of this process. */
export class MemoryChatRateLimiter extends ChatRateLimiter {
  readonly #clock: Clock;
  readonly #options: RateLimitOptions;
  /** When the calls of the window were answered, oldest first; one entry for each message. */
  #releasedAtMs: number[] = [];
  #inFlight = 0;
  #pausedUntilMs = 0;

  constructor(clock: Clock, options: RateLimitOptions) {
    super();
    this.#clock = clock;
    this.#options = options;
  }

  acquire(cost = 1, reserve = 0): Promise<RateLimitDecision> {
    const waitMs = Math.max(this.#pauseMs, this.#windowWaitMs(cost + reserve));
    if (waitMs > 0) return Promise.resolve({ granted: false, waitMs });
    this.#inFlight += cost;
    const release = (): Promise<void> => {
      this.#inFlight -= cost;
      return this.record(cost);
    };
    return Promise.resolve({ granted: true, permit: { release } });
  }

  record(cost = 1): Promise<void> {
    const nowMs = this.#clock.monotonicMs();
    this.#releasedAtMs.push(...Array.from({ length: cost }, () => nowMs));
    return Promise.resolve();
  }

  pause(durationMs: number): Promise<void> {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, this.#clock.monotonicMs() + durationMs);
    return Promise.resolve();
  }

  pausedMs(): Promise<number> {
    return Promise.resolve(this.#pauseMs);
  }

  used(): Promise<number> {
    return Promise.resolve(Math.min(1, this.#counted() / this.#options.messages));
  }

  get #pauseMs(): number {
    return Math.max(0, this.#pausedUntilMs - this.#clock.monotonicMs());
  }

  /** How many messages the window holds. */
  #counted(): number {
    const nowMs = this.#clock.monotonicMs();
    const { windowMs } = this.#options;
    this.#releasedAtMs = this.#releasedAtMs.filter((atMs) => atMs + windowMs > nowMs);
    return this.#releasedAtMs.length + this.#inFlight;
  }

  #windowWaitMs(cost: number): number {
    const nowMs = this.#clock.monotonicMs();
    const { messages, windowMs } = this.#options;
    const counted = this.#counted();
    // How many have to leave the window first; a call that costs more than the window waits until it is empty.
    const tooMany = Math.min(counted, counted + cost - messages);
    if (tooMany <= 0) return 0;
    // Calls in flight are not answered before now, so they count for a whole window from now.
    const lastAtMs = this.#releasedAtMs[tooMany - 1] ?? nowMs;
    return lastAtMs + windowMs - nowMs;
  }
}
