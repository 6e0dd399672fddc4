import { expect, it } from 'vitest';
import type {
  RateLimitDecision,
  ChatRateLimiter,
  SendPermit,
} from '../../src/chat/chat-rate-limiter.js';
import type { RateLimitOptions } from '../../src/config/rate-limit.options.js';

/** One implementation of the port, made afresh for each test. */
export interface ChatRateLimiterDriver {
  create(options: RateLimitOptions): Promise<ChatRateLimiter>;
  /** Lets time pass for the limiter that was made last. */
  elapse(ms: number): Promise<void>;
  /** How much of a wait may be over when it is read. */
  readonly toleranceMs: number;
}

/** What every {@link ChatRateLimiter} promises. */
export function describeChatRateLimiter(driver: ChatRateLimiterDriver): void {
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
  const spend = async (limiter: ChatRateLimiter, cost?: number): Promise<void> => {
    await permitOf(await limiter.acquire(cost)).release();
  };

  it('grants as many sends as the window holds, then says when the first one leaves it', async () => {
    const limiter = await driver.create({ messages: 2, windowMs: 60_000 });
    await spend(limiter);
    await driver.elapse(10_000);
    await spend(limiter);
    expect(waitOf(await limiter.acquire())).toSatisfy(about(50_000));
    await driver.elapse(50_000);
    await spend(limiter);
    expect(waitOf(await limiter.acquire())).toSatisfy(about(10_000));
  });

  it('says how much of the limit is used, calls under way included', async () => {
    const limiter = await driver.create({ messages: 4, windowMs: 60_000 });
    expect(await limiter.used()).toBe(0);
    await spend(limiter);
    await driver.elapse(10_000);
    const permit = permitOf(await limiter.acquire(2));
    expect(await limiter.used()).toBe(0.75);
    await driver.elapse(50_000);
    expect(await limiter.used()).toBe(0.5);
    await permit.release();
    await limiter.record(9);
    expect(await limiter.used()).toBe(1);
  });

  it('grants a call that matters less only while the window has room for others', async () => {
    const limiter = await driver.create({ messages: 3, windowMs: 60_000 });
    await spend(limiter);
    await permitOf(await limiter.acquire(1, 1)).release();
    await driver.elapse(10_000);
    expect(waitOf(await limiter.acquire(1, 1))).toSatisfy(about(50_000));
    await spend(limiter);
  });

  it('grants a call that matters less than more calls than the window holds when that is empty', async () => {
    const limiter = await driver.create({ messages: 1, windowMs: 60_000 });
    await permitOf(await limiter.acquire(1, 5)).release();
    expect(waitOf(await limiter.acquire(1, 5))).toSatisfy(about(60_000));
  });

  it('counts a send from its answer on, because Telegram saw it no later', async () => {
    const limiter = await driver.create({ messages: 1, windowMs: 60_000 });
    const permit = permitOf(await limiter.acquire());
    await driver.elapse(8_000);
    await permit.release();
    expect(waitOf(await limiter.acquire())).toSatisfy(about(60_000));
  });

  it('counts sends that are under way', async () => {
    const limiter = await driver.create({ messages: 3, windowMs: 60_000 });
    permitOf(await limiter.acquire(3));
    expect(waitOf(await limiter.acquire())).toSatisfy(about(60_000));
  });

  it('counts sends that were made without a permit', async () => {
    const limiter = await driver.create({ messages: 3, windowMs: 60_000 });
    await limiter.record();
    await driver.elapse(10_000);
    await limiter.record(2);
    expect(waitOf(await limiter.acquire())).toSatisfy(about(50_000));
    expect(waitOf(await limiter.acquire(2))).toSatisfy(about(60_000));
  });

  it('grants an album as a whole or not at all', async () => {
    const limiter = await driver.create({ messages: 10, windowMs: 60_000 });
    await spend(limiter, 4);
    await driver.elapse(10_000);
    await spend(limiter, 3);
    expect(waitOf(await limiter.acquire(4))).toSatisfy(about(50_000));
    // What was refused has taken nothing.
    await spend(limiter, 3);
    expect(waitOf(await limiter.acquire(1))).toSatisfy(about(50_000));
    await driver.elapse(50_000);
    expect(waitOf(await limiter.acquire(5))).toSatisfy(about(10_000));
    await spend(limiter, 4);
  });

  it('grants what costs more than the window holds when the window is empty', async () => {
    const limiter = await driver.create({ messages: 2, windowMs: 60_000 });
    await limiter.record();
    await driver.elapse(20_000);
    await limiter.record();
    expect(waitOf(await limiter.acquire(10))).toSatisfy(about(60_000));
    await driver.elapse(60_000);
    await spend(limiter, 10);
    expect(waitOf(await limiter.acquire(1))).toSatisfy(about(60_000));
    await driver.elapse(60_000);
    await spend(limiter, 1);
  });

  it('grants nothing during a pause, and never shortens one', async () => {
    const limiter = await driver.create({ messages: 20, windowMs: 60_000 });
    expect(await limiter.pausedMs()).toBe(0);
    await limiter.pause(30_000);
    await limiter.pause(10_000);
    expect(waitOf(await limiter.acquire())).toSatisfy(about(30_000));
    expect(await limiter.pausedMs()).toSatisfy(about(30_000));
    await driver.elapse(15_000);
    expect(await limiter.pausedMs()).toSatisfy(about(15_000));
    await driver.elapse(15_000);
    expect(await limiter.pausedMs()).toBe(0);
    await spend(limiter);
  });

  it('says the longer of two waits, for the pause and for the window', async () => {
    const limiter = await driver.create({ messages: 1, windowMs: 60_000 });
    await spend(limiter);
    await limiter.pause(30_000);
    expect(waitOf(await limiter.acquire())).toSatisfy(about(60_000));
    await limiter.pause(90_000);
    expect(waitOf(await limiter.acquire())).toSatisfy(about(90_000));
  });
}
