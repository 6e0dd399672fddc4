import type { Clock } from '../../common/clock.js';
import { ChatRateLimiter, type RateLimitDecision } from '../../chat/chat-rate-limiter.js';
import type { RateLimitOptions } from '../../config/rate-limit.options.js';

/** A sliding window over the sends of this process. */
export class MemoryChatRateLimiter extends ChatRateLimiter {
  readonly #clock: Clock;
  readonly #options: RateLimitOptions;
  /** When the messages of the window were answered, oldest first. */
  #releasedAtMs: number[] = [];
  #underWay = 0;
  #blockedUntilMs = 0;

  constructor(clock: Clock, options: RateLimitOptions) {
    super();
    this.#clock = clock;
    this.#options = options;
  }

  acquire(cost = 1): Promise<RateLimitDecision> {
    const waitMs = Math.max(this.#blockMs, this.#roomInMs(cost));
    if (waitMs > 0) return Promise.resolve({ granted: false, waitMs });
    this.#underWay += cost;
    const release = (): Promise<void> => {
      this.#underWay -= cost;
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
    this.#blockedUntilMs = Math.max(this.#blockedUntilMs, this.#clock.monotonicMs() + durationMs);
    return Promise.resolve();
  }

  pausedMs(): Promise<number> {
    return Promise.resolve(this.#blockMs);
  }

  get #blockMs(): number {
    return Math.max(0, this.#blockedUntilMs - this.#clock.monotonicMs());
  }

  #roomInMs(cost: number): number {
    const nowMs = this.#clock.monotonicMs();
    const { messages, windowMs } = this.#options;
    this.#releasedAtMs = this.#releasedAtMs.filter((atMs) => atMs + windowMs > nowMs);
    const held = this.#releasedAtMs.length + this.#underWay;
    // How many must leave the window before there is room; more than it holds cannot.
    const tooMany = Math.min(held, held + cost - messages);
    if (tooMany <= 0) return 0;
    // Those under way have all of the window before them.
    const lastAtMs = this.#releasedAtMs[tooMany - 1] ?? nowMs;
    return lastAtMs + windowMs - nowMs;
  }
}
