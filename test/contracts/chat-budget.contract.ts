import { expect, it } from 'vitest';
import type {
  RateLimitDecision,
  ChatRateLimiter,
  SendPermit,
} from '../../src/chat/chat-rate-limiter.js';
import type { RateLimitOptions } from '../../src/config/rate-limit.options.js';

/** One implementation of the port, made afresh for each test. */
export interface ChatBudgetDriver {
  create(options: RateLimitOptions): Promise<ChatRateLimiter>;
  /** Lets time pass for the budget that was made last. */
  elapse(ms: number): Promise<void>;
  /** How much of a wait may be over when it is told. */
  readonly toleranceMs: number;
}

/** What every {@link ChatRateLimiter} promises. */
export function describeChatBudget(driver: ChatBudgetDriver): void {
  const permitOf = (decision: RateLimitDecision): SendPermit => {
    if (!decision.granted) throw new Error(`Refused for ${decision.waitMs} ms`);
    return decision.permit;
  };

  /** How long a call would have to wait; 0 when it was granted. */
  const waitOf = (decision: RateLimitDecision): number =>
    decision.granted ? 0 : Math.max(decision.waitMs, 1);

  const about = (expectedMs: number) => (actualMs: number) =>
    actualMs <= expectedMs && actualMs >= expectedMs - driver.toleranceMs;

  /** Makes a call that is answered at once. */
  const spend = async (budget: ChatRateLimiter, cost?: number): Promise<void> => {
    await permitOf(await budget.acquire(cost)).release();
  };

  it('grants as many sends as the window holds, then tells when the first one leaves it', async () => {
    const budget = await driver.create({ messages: 2, windowMs: 60_000 });
    await spend(budget);
    await driver.elapse(10_000);
    await spend(budget);
    expect(waitOf(await budget.acquire())).toSatisfy(about(50_000));
    await driver.elapse(50_000);
    await spend(budget);
    expect(waitOf(await budget.acquire())).toSatisfy(about(10_000));
  });

  it('counts a send from its answer on, because Telegram saw it no later', async () => {
    const budget = await driver.create({ messages: 1, windowMs: 60_000 });
    const permit = permitOf(await budget.acquire());
    await driver.elapse(8_000);
    await permit.release();
    expect(waitOf(await budget.acquire())).toSatisfy(about(60_000));
  });

  it('holds the place of sends that are under way', async () => {
    const budget = await driver.create({ messages: 3, windowMs: 60_000 });
    permitOf(await budget.acquire(3));
    expect(waitOf(await budget.acquire())).toSatisfy(about(60_000));
  });

  it('counts sends that did not ask', async () => {
    const budget = await driver.create({ messages: 3, windowMs: 60_000 });
    await budget.record();
    await driver.elapse(10_000);
    await budget.record(2);
    expect(waitOf(await budget.acquire())).toSatisfy(about(50_000));
    expect(waitOf(await budget.acquire(2))).toSatisfy(about(60_000));
  });

  it('grants an album as a whole or not at all', async () => {
    const budget = await driver.create({ messages: 10, windowMs: 60_000 });
    await spend(budget, 4);
    await driver.elapse(10_000);
    await spend(budget, 3);
    expect(waitOf(await budget.acquire(4))).toSatisfy(about(50_000));
    // What was refused has taken nothing.
    await spend(budget, 3);
    expect(waitOf(await budget.acquire(1))).toSatisfy(about(50_000));
    await driver.elapse(50_000);
    expect(waitOf(await budget.acquire(5))).toSatisfy(about(10_000));
    await spend(budget, 4);
  });

  it('grants what costs more than the window holds when the window is empty', async () => {
    const budget = await driver.create({ messages: 2, windowMs: 60_000 });
    await budget.record();
    await driver.elapse(20_000);
    await budget.record();
    expect(waitOf(await budget.acquire(10))).toSatisfy(about(60_000));
    await driver.elapse(60_000);
    await spend(budget, 10);
    expect(waitOf(await budget.acquire(1))).toSatisfy(about(60_000));
    await driver.elapse(60_000);
    await spend(budget, 1);
  });

  it('grants nothing while it is blocked, and never shortens a block', async () => {
    const budget = await driver.create({ messages: 20, windowMs: 60_000 });
    expect(await budget.pausedMs()).toBe(0);
    await budget.pause(30_000);
    await budget.pause(10_000);
    expect(waitOf(await budget.acquire())).toSatisfy(about(30_000));
    expect(await budget.pausedMs()).toSatisfy(about(30_000));
    await driver.elapse(15_000);
    expect(await budget.pausedMs()).toSatisfy(about(15_000));
    await driver.elapse(15_000);
    expect(await budget.pausedMs()).toBe(0);
    await spend(budget);
  });

  it('tells the longer of two waits, for the block and for the window', async () => {
    const budget = await driver.create({ messages: 1, windowMs: 60_000 });
    await spend(budget);
    await budget.pause(30_000);
    expect(waitOf(await budget.acquire())).toSatisfy(about(60_000));
    await budget.pause(90_000);
    expect(waitOf(await budget.acquire())).toSatisfy(about(90_000));
  });
}
