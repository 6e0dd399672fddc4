import type { ApiCall, ApiInterceptor } from '../bot/api-interceptor.interface.js';
import { Clock } from '../common/clock.js';
import { delay } from '../common/delay.js';
import { costOfCall } from './call-cost.js';
import type { ChatRateLimiter, SendPermit } from './chat-rate-limiter.js';

/** What Telegram lets a bot send to all chats together (Bots FAQ, "Broadcasting to Users"). */
export const BOT_RATE_LIMIT = { messages: 30, windowMs: 1_000 } as const;

/** After this wait a call is made without a permit: the limit of its own chat holds in any case. */
const MAX_WAIT_MS = 5_000;

/**
 * Keeps a bot with several desks within the rate limit that all its chats share: each call that posts messages
 * waits for its turn. One chat alone takes less than that.
 */
export class BotRateLimitInterceptor implements ApiInterceptor {
  readonly #rateLimiter: ChatRateLimiter;
  readonly #clock: Clock;

  constructor(rateLimiter: ChatRateLimiter, clock: Clock) {
    this.#rateLimiter = rateLimiter;
    this.#clock = clock;
  }

  async intercept<T>({ method, params }: ApiCall, next: () => Promise<T>): Promise<T> {
    const cost = costOfCall(method, params);
    if (cost === 0) return next();
    const permit = await this.#waitForPermit(cost);
    try {
      return await next();
    } finally {
      await permit?.release();
    }
  }

  async #waitForPermit(cost: number): Promise<SendPermit | undefined> {
    const { signal } = new AbortController();
    const endsAtMs = this.#clock.monotonicMs() + MAX_WAIT_MS;
    for (;;) {
      const decision = await this.#rateLimiter.acquire(cost);
      if (decision.granted) return decision.permit;
      const leftMs = endsAtMs - this.#clock.monotonicMs();
      if (leftMs <= 0) return undefined;
      await delay(this.#clock, Math.min(decision.waitMs, leftMs), signal);
    }
  }
}
