import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { BudgetDecision, SendPermit } from '../../src/outbox/chat.budget.js';
import { RedisChatBudget } from '../../src/outbox/redis-chat.budget.js';

describe('RedisChatBudget', () => {
  let one: Redis;
  let other: Redis;
  let key: string;

  beforeAll(() => {
    one = new Redis(inject('redisUrl'));
    other = new Redis(inject('redisUrl'));
  });
  afterAll(() => {
    one.disconnect();
    other.disconnect();
  });
  beforeEach(() => {
    key = `tg:{${randomUUID()}}:budget:-1`;
  });

  /** Two processes of one desk. */
  const budgets = (messages: number, windowMs: number) => ({
    budget: new RedisChatBudget(one, key, { messages, windowMs }),
    second: new RedisChatBudget(other, key, { messages, windowMs }),
  });

  const permitOf = (decision: BudgetDecision): SendPermit => {
    if (!decision.granted) throw new Error(`Refused for ${decision.waitMs} ms`);
    return decision.permit;
  };

  it('grants all processes together no more than the window takes, however they race', async () => {
    const { budget, second } = budgets(20, 60_000);
    const asked = Array.from({ length: 100 }, (_, i) => (i % 2 ? budget : second).take());
    const decisions = await Promise.all(asked);
    expect(decisions.filter((decision) => decision.granted)).toHaveLength(20);
    const waits = decisions.map((decision) => (decision.granted ? 0 : decision.waitMs));
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
  });

  it('grants again as soon as a window has passed since the answer, and not before', async () => {
    const { budget } = budgets(1, 200);
    const permit = permitOf(await budget.take());
    await permit.settle();
    const refused = await budget.take();
    expect(refused).toMatchObject({ granted: false });
    const answeredAt = await redisTime();
    await expect.poll(async () => (await budget.take()).granted).toBe(true);
    expect((await redisTime()) - answeredAt).toBeGreaterThanOrEqual(150);
  });

  it('says how long it is until the oldest send leaves the window', async () => {
    const { budget, second } = budgets(2, 60_000);
    await permitOf(await second.take()).settle();
    await budget.record();
    const decision = await budget.take();
    const waitMs = decision.granted ? 0 : decision.waitMs;
    expect(waitMs).toBeGreaterThan(55_000);
    expect(waitMs).toBeLessThanOrEqual(60_000);
  });

  it('counts a send that is under way, and one whose process has died', async () => {
    const { budget, second } = budgets(1, 100);
    permitOf(await budget.take());
    const takenAt = await redisTime();
    await expect.poll(redisTime).toBeGreaterThan(takenAt + 150);
    expect((await second.take()).granted).toBe(false);
    const scores = await one.zrange(key, '0', '0', 'WITHSCORES');
    expect(Number(scores[1]) - (await redisTime())).toBeLessThanOrEqual(120_000);
  });

  it('grants nothing while Telegram has blocked the chat; a shorter block does not end it', async () => {
    const { budget, second } = budgets(5, 1_000);
    await budget.block(30_000);
    await second.block(1);
    const decision = await second.take();
    expect(decision.granted ? 0 : decision.waitMs).toBeGreaterThan(25_000);
  });

  it('keeps no key for longer than it is needed', async () => {
    const { budget } = budgets(5, 1_000);
    await budget.record();
    expect(await one.pttl(key)).toBeLessThanOrEqual(121_000);
    expect(await one.pttl(key)).toBeGreaterThan(0);
  });

  async function redisTime(): Promise<number> {
    const [seconds, micros] = await one.time();
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  }
});
