import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { RedisChatRateLimiter } from '../../src/storage/redis/redis-chat-rate-limiter.js';
import { RedisServer } from '../support/redis-server.js';

it('grants nothing while Redis is away, and fails no send that Telegram has answered', async () => {
  const server = await RedisServer.start({ durable: true });
  const client = new Redis(server.url, { maxRetriesPerRequest: 1 });
  client.on('error', () => undefined);
  onTestFinished(async () => {
    client.disconnect();
    await server.stop();
  });
  const limiter = new RedisChatRateLimiter(client, 'tg:{1:-1}:budget:-1', {
    messages: 2,
    windowMs: 60_000,
  });
  const granted = await limiter.acquire();
  if (!granted.granted) throw new Error('A new limiter grants nothing');

  await server.kill();
  await granted.permit.release();
  await limiter.record();
  expect(await limiter.acquire()).toEqual({ granted: false, waitMs: 1_000 });
  await limiter.pause(15_000);
  expect(await limiter.acquire()).toMatchObject({ granted: false });

  await server.restart();
  // The send that it could not count as answered holds its place.
  await expect.poll(() => client.zcard('tg:{1:-1}:budget:-1'), { timeout: 20_000 }).toBe(1);
  // What Telegram wanted meanwhile, this process has not forgotten.
  expect(await limiter.pausedMs()).toBeGreaterThan(0);
  await expect.poll(() => limiter.acquire(), { timeout: 30_000 }).toMatchObject({ granted: true });
  expect(await limiter.acquire()).toMatchObject({ granted: false });
});
