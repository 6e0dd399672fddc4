import type { Clock } from '../../common/clock.js';
import { ChatBudget, type BudgetDecision, type BudgetOptions } from '../../chat/chat-rate-limiter.js';

/** A sliding window over the sends of this process. */
export class MemoryChatBudget extends ChatBudget {
  readonly #clock: Clock;
  readonly #options: BudgetOptions;
  /** When the messages of the window were answered, oldest first. */
  #settledAtMs: number[] = [];
  #underWay = 0;
  #blockedUntilMs = 0;

  constructor(clock: Clock, options: BudgetOptions) {
    super();
    this.#clock = clock;
    this.#options = options;
  }

  take(cost = 1): Promise<BudgetDecision> {
    const waitMs = Math.max(this.#blockMs, this.#roomInMs(cost));
    if (waitMs > 0) return Promise.resolve({ granted: false, waitMs });
    this.#underWay += cost;
    const settle = (): Promise<void> => {
      this.#underWay -= cost;
      return this.record(cost);
    };
    return Promise.resolve({ granted: true, permit: { settle } });
  }

  record(cost = 1): Promise<void> {
    const nowMs = this.#clock.monotonicMs();
    this.#settledAtMs.push(...Array.from({ length: cost }, () => nowMs));
    return Promise.resolve();
  }

  block(durationMs: number): Promise<void> {
    this.#blockedUntilMs = Math.max(this.#blockedUntilMs, this.#clock.monotonicMs() + durationMs);
    return Promise.resolve();
  }

  blockedMs(): Promise<number> {
    return Promise.resolve(this.#blockMs);
  }

  get #blockMs(): number {
    return Math.max(0, this.#blockedUntilMs - this.#clock.monotonicMs());
  }

  #roomInMs(cost: number): number {
    const nowMs = this.#clock.monotonicMs();
    const { messages, windowMs } = this.#options;
    this.#settledAtMs = this.#settledAtMs.filter((atMs) => atMs + windowMs > nowMs);
    const held = this.#settledAtMs.length + this.#underWay;
    // How many must leave the window before there is room; more than it holds cannot.
    const tooMany = Math.min(held, held + cost - messages);
    if (tooMany <= 0) return 0;
    // Those under way have all of the window before them.
    const lastAtMs = this.#settledAtMs[tooMany - 1] ?? nowMs;
    return lastAtMs + windowMs - nowMs;
  }
}
