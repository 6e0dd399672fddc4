import { afterEach, describe, expect, it, vi } from 'vitest';
import { ownBot } from '../support/own-bot.js';
import { RedisServer } from '../support/redis-server.js';
import { byHeader, ChatDesk } from './chat-desk.js';

describe('The chat while Redis is away', () => {
  let chat: ChatDesk;
  let redis: RedisServer;
  afterEach(async () => {
    await chat.stop();
    await redis.stop();
  });

  it('says when to try again, and loses nothing when the same is sent again', async () => {
    redis = await RedisServer.start({ durable: true });
    chat = await ChatDesk.start({
      emulator: { bots: [ownBot()] },
      options: { redis: redis.url },
      support: { customer: byHeader },
    });
    const ann = chat.customer('ann');
    const { body } = await ann.start('Before');
    await chat.notice('Before');
    await redis.kill();
    const path = `threads/${body.thread.id}/messages`;
    const message = { clientId: 'during', text: 'During' };
    const failed = await ann.call('POST', path, message);
    expect([failed.status, failed.body.error]).toEqual([503, 'unavailable']);
    expect(Number(failed.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(failed.body['retryAfterSeconds']).toBe(Number(failed.headers.get('retry-after')));
    expect(failed.text).not.toContain('ECONNREFUSED');
    await redis.restart();
    await vi.waitFor(
      async () => {
        const { status } = await ann.call('POST', path, message);
        if (status !== 201 && status !== 200) throw new Error(`still ${status}`);
      },
      { timeout: 20_000, interval: 250 },
    );
    await chat.notice('During');
    const texts = (await ann.messagesOf(body.thread.id)).map(({ text }) => text);
    expect(texts).toEqual(['Before', 'During']);
    expect(chat.desk.notices.filter((text) => text.includes('During'))).toHaveLength(1);
  });

  it('limits a customer in all processes together', async () => {
    redis = await RedisServer.start();
    const shared = {
      options: { redis: redis.url, updates: 'off' as const },
      webhook: false,
      support: { customer: byHeader, rateLimit: { messages: 4, windowMs: 60_000 } },
    };
    const bot = ownBot();
    chat = await ChatDesk.start({ ...shared, emulator: { bots: [bot] } });
    const other = await ChatDesk.start({ ...shared, emulator: { bots: [bot] } });
    const statuses: number[] = [];
    for (const desk of [chat, other, chat, other, chat, other]) {
      statuses.push((await desk.customer('ann').start('Hello')).status);
    }
    expect(statuses).toEqual([201, 201, 201, 201, 429, 429]);
    const late = await other.customer('ann').start('Hello');
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await other.customer('bob').start('Hello')).status).toBe(201);
    await other.stop();
  });
});
