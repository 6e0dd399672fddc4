import type { Clock } from '../clock/clock.js';
import { ChatBudget, type BudgetDecision, type BudgetOptions } from './chat.budget.js';

/** A sliding window over the sends of this process. */
export class MemoryChatBudget extends ChatBudget {
  readonly #clock: Clock;
  readonly #options: BudgetOptions;
  /** When the sends of the window were answered, oldest first. */
  #settledAtMs: number[] = [];
  #underWay = 0;
  #blockedUntilMs = 0;

  constructor(clock: Clock, options: BudgetOptions) {
    super();
    this.#clock = clock;
    this.#options = options;
  }

  take(): Promise<BudgetDecision> {
    const waitMs = this.#waitMs();
    if (waitMs > 0) return Promise.resolve({ granted: false, waitMs });
    this.#underWay += 1;
    const settle = (): Promise<void> => {
      this.#underWay -= 1;
      return this.record();
    };
    return Promise.resolve({ granted: true, permit: { settle } });
  }

  record(): Promise<void> {
    this.#settledAtMs.push(this.#clock.now());
    return Promise.resolve();
  }

  block(durationMs: number): Promise<void> {
    this.#blockedUntilMs = Math.max(this.#blockedUntilMs, this.#clock.now() + durationMs);
    return Promise.resolve();
  }

  #waitMs(): number {
    const nowMs = this.#clock.now();
    const { messages, windowMs } = this.#options;
    this.#settledAtMs = this.#settledAtMs.filter((atMs) => atMs + windowMs > nowMs);
    const blockedMs = Math.max(0, this.#blockedUntilMs - nowMs);
    const excess = this.#settledAtMs.length + this.#underWay - messages;
    if (excess < 0) return blockedMs;
    // What must leave the window before there is room again; sends under way have all of it before them.
    const leavesAtMs = this.#settledAtMs[excess] ?? nowMs;
    return Math.max(blockedMs, leavesAtMs + windowMs - nowMs);
  }
}
