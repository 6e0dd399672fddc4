import { randomUUID } from 'node:crypto';
import { TtlMap } from '../../common/ttl-map.js';
import type { Clock } from '../../common/clock.js';
import type { RateLimitOptions } from '../../config/rate-limit.options.js';
import { CustomerRateLimit } from './customer-rate-limit.js';
import { tooMany } from './too-many.js';

interface Sent {
  readonly id: string;
  readonly atMs: number;
}

/** Sliding windows over what the customers of this process send. */
export class MemoryCustomerRateLimit extends CustomerRateLimit {
  readonly #clock: Clock;
  readonly #limit: RateLimitOptions;
  /** What each customer has sent that is still in the window, oldest first. */
  readonly #sent: TtlMap<Sent[]>;

  constructor(clock: Clock, limit: RateLimitOptions) {
    super();
    this.#clock = clock;
    this.#limit = limit;
    this.#sent = new TtlMap(clock, limit.windowMs);
  }

  take(
    customerId: string,
    kind: 'message' | 'upload' = 'message',
    id: string = randomUUID(),
  ): Promise<void> {
    const { messages, windowMs } = this.#limit;
    const key = `${kind}:${customerId}`;
    const nowMs = this.#clock.monotonicMs();
    const sent = (this.#sent.get(key) ?? []).filter(({ atMs }) => atMs + windowMs > nowMs);
    if (sent.some((known) => known.id === id)) return Promise.resolve();
    const [oldest] = sent;
    if (oldest && sent.length >= messages) {
      return Promise.reject(tooMany(oldest.atMs + windowMs - nowMs));
    }
    this.#sent.set(key, [...sent, { id, atMs: nowMs }]);
    return Promise.resolve();
  }
}
