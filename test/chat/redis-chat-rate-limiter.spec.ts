import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { RateLimitDecision, SendPermit } from '../../src/chat/chat-rate-limiter.js';
import { VirtualClock } from '../../src/testing/index.js';
import { RedisChatRateLimiter } from '../../src/storage/redis/redis-chat-rate-limiter.js';
import { describeChatRateLimiter } from '../contracts/chat-rate-limiter.contract.js';
import { elapseInRedis } from '../support/redis-time.js';
import { RedisServer } from '../support/redis-server.js';

const SLOW = { timeout: 20_000 };

describe('RedisChatRateLimiter', () => {
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

  describeChatRateLimiter({
    create: (options) => Promise.resolve(new RedisChatRateLimiter(one, key, options)),
    elapse,
    toleranceMs: 3_000,
  });

  /** Two processes of one desk. */
  const limiters = (messages: number, windowMs: number) => ({
    limiter: new RedisChatRateLimiter(one, key, { messages, windowMs }),
    second: new RedisChatRateLimiter(other, key, { messages, windowMs }),
  });

  const permitOf = (decision: RateLimitDecision): SendPermit => {
    if (!decision.granted) throw new Error(`Refused for ${decision.waitMs} ms`);
    return decision.permit;
  };

  it.each([1, 3])(
    'grants all processes together no more calls of cost %i than the window takes, however they race',
    async (cost) => {
      const { limiter, second } = limiters(20, 60_000);
      const asked = Array.from({ length: 100 }, (_, i) => (i % 2 ? limiter : second).acquire(cost));
      const decisions = await Promise.all(asked);
      const granted = decisions.filter((decision) => decision.granted).length;
      expect(granted).toBe(Math.floor(20 / cost));
      expect(await one.zcard(key)).toBe(granted * cost);
      const waits = decisions.map((decision) => (decision.granted ? 0 : decision.waitMs));
      expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
    },
  );

  it('grants again as soon as a window has passed since the answer, and not before', async () => {
    const { limiter } = limiters(1, 200);
    const permit = permitOf(await limiter.acquire());
    await permit.release();
    const [, answeredAt] = await one.zrange(key, '0', '0', 'WITHSCORES');
    await expect.poll(async () => (await limiter.acquire()).granted, SLOW).toBe(true);
    expect((await redisTime()) - Number(answeredAt)).toBeGreaterThanOrEqual(200);
  });

  it('counts a send that is under way, and one whose process was killed', async () => {
    const { limiter, second } = limiters(1, 100);
    permitOf(await limiter.acquire());
    const takenAt = await redisTime();
    await expect.poll(redisTime, SLOW).toBeGreaterThan(takenAt + 150);
    expect((await second.acquire()).granted).toBe(false);
    const scores = await one.zrange(key, '0', '0', 'WITHSCORES');
    expect(Number(scores[1]) - (await redisTime())).toBeLessThanOrEqual(120_000);
  });

  it('counts a send for as long as it is under way, such as the upload of a large file', async () => {
    const { second } = limiters(2, 60_000);
    const clock = new VirtualClock();
    const options = { messages: 2, windowMs: 60_000 };
    const limiter = new RedisChatRateLimiter(one, key, options, undefined, clock);
    const permit = permitOf(await limiter.acquire(2));
    for (let minute = 0; minute < 10; minute += 1) {
      await elapse(60_000);
      clock.advance(60_000);
      await expect.poll(leastLeftMs, SLOW).toBeGreaterThan(100_000);
      expect(await second.acquire()).toMatchObject({ granted: false });
    }
    await permit.release();
    await elapse(60_000);
    expect(clock.pending).toBe(0);
    expect(permitOf(await second.acquire(2))).toBeDefined();
  });

  it('stops counting a send that is under way when its connection is closed', async () => {
    const client = new Redis(inject('redisUrl'));
    const clock = new VirtualClock();
    const options = { messages: 2, windowMs: 60_000 };
    const limiter = new RedisChatRateLimiter(client, key, options, undefined, clock);
    permitOf(await limiter.acquire());
    client.disconnect();
    await once(client, 'end');
    clock.advance(60_000);
    expect(clock.pending).toBe(0);
  });

  it('pauses every process that shares it when one pauses it', async () => {
    const { limiter, second } = limiters(5, 1_000);
    await limiter.pause(30_000);
    await second.pause(1);
    const decision = await second.acquire();
    expect(decision.granted ? 0 : decision.waitMs).toBeGreaterThan(25_000);
    expect(await second.pausedMs()).toBeGreaterThan(25_000);
  });

  it('keeps a pause that could not be stored in Redis', async () => {
    const server = await RedisServer.start();
    const client = new Redis(server.url, { maxRetriesPerRequest: 0 });
    client.on('error', () => undefined);
    const limiter = new RedisChatRateLimiter(client, key, { messages: 5, windowMs: 1_000 });
    await limiter.record();
    await server.kill();
    await limiter.pause(30_000);
    await server.restart();
    await expect.poll(() => client.ping().catch(String), SLOW).toBe('PONG');
    expect(await limiter.pausedMs()).toBeGreaterThan(20_000);
    expect(await limiter.acquire()).toMatchObject({ granted: false });
    client.disconnect();
    await server.stop();
  });

  it('has its keys expire when they are no longer needed', async () => {
    const { limiter } = limiters(5, 1_000);
    await limiter.record(2);
    expect(await one.pttl(key)).toBeLessThanOrEqual(121_000);
    expect(await one.pttl(key)).toBeGreaterThan(0);
  });

  describe.each([
    ['a minute', 60_000],
    ['an hour', 3_600_000],
  ])('when the clock of Redis is set back by %s', (_name, stepMs) => {
    const waitOf = (decision: RateLimitDecision) => (decision.granted ? 0 : decision.waitMs);

    it('has room again after a window at the latest', async () => {
      const { limiter, second } = limiters(2, 60_000);
      await limiter.record(2);
      await elapse(-stepMs);
      expect(waitOf(await limiter.acquire())).toBeGreaterThan(50_000);
      await elapse(60_000);
      expect((await second.acquire(2)).granted).toBe(true);
    });

    it('counts a send that is under way for no longer than any may take', async () => {
      const { limiter, second } = limiters(1, 60_000);
      permitOf(await limiter.acquire());
      await elapse(-stepMs);
      expect((await second.acquire()).granted).toBe(false);
      await elapse(120_000);
      expect((await second.acquire()).granted).toBe(false);
      await elapse(60_000);
      expect((await second.acquire()).granted).toBe(true);
    });

    it('leaves a pause its length', async () => {
      const { limiter, second } = limiters(1, 1_000);
      await limiter.pause(30_000);
      await elapse(-stepMs);
      const waits = [await second.pausedMs(), waitOf(await limiter.acquire())];
      expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
      expect(Math.min(...waits)).toBeGreaterThan(25_000);
      await elapse(30_000);
      expect(await second.pausedMs()).toBe(0);
      expect((await limiter.acquire()).granted).toBe(true);
    });
  });

  /** As if time had passed; a negative one, as if the clock of Redis had been set back. */
  async function elapse(ms: number): Promise<void> {
    await elapseInRedis(one, key, ms);
    for (const message of await one.zrange(key, '0', '-1')) await one.zincrby(key, -ms, message);
  }

  /** How long the call that is nearest to it counts as under way. */
  async function leastLeftMs(): Promise<number> {
    const [, score] = await one.zrange(key, '0', '0', 'WITHSCORES');
    return Number(score) - (await redisTime());
  }

  async function redisTime(): Promise<number> {
    const [seconds, micros] = await one.time();
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  }
});
