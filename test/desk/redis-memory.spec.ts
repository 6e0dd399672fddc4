import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RedisServer } from '../support/redis-server.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';

describe('A desk whose Redis is full', () => {
  let server: RedisServer;
  let admin: Redis;
  let desk: TestDesk;

  beforeEach(async () => {
    server = await RedisServer.start({ args: ['--maxmemory-policy', 'noeviction'] });
    admin = new Redis(server.url);
  });
  afterEach(async () => {
    await desk.stop();
    admin.disconnect();
    await server.stop();
  });

  /** No write that takes memory is allowed from now on. */
  const fill = () => admin.config('SET', 'maxmemory', '1');
  const empty = () => admin.config('SET', 'maxmemory', '0');
  const denials = () => desk.log.with('error', 'Redis denies what the desk needs: ');
  const accept = (text: string) =>
    desk.telegram.notifyUserMessage({ threadId: `t-${text}`, messageId: text, text });

  async function start(options: TestDeskOptions['options'] = {}): Promise<void> {
    desk = await TestDesk.start({ options: { redis: server.url, ...options } });
  }

  it('accepts nothing, says so once with the remedy, and goes on when there is room', async () => {
    await start();
    await vi.waitFor(
      async () => expect(await accept('before')).toMatchObject({ accepted: true }),
      20_000,
    );
    await fill();
    for (let i = 0; i < 5; i += 1) {
      expect(await accept('too much')).toEqual({
        accepted: false,
        reason: 'unavailable',
        id: 'too much',
      });
    }
    await vi.waitFor(() => expect(denials()).toHaveLength(1), { timeout: 20_000 });
    expect(denials()[0]?.text).toMatch(/OOM.*maxmemory/);
    await empty();
    const isAccepted = async () => expect(await accept('after')).toMatchObject({ accepted: true });
    await vi.waitFor(isAccepted, { timeout: 20_000, interval: 100 });
    await desk.chat.waitForMessage(({ text }) => text?.includes('after') === true, 20_000);
    expect(denials()).toHaveLength(1);
  });

  it('posts what waits all the same, through rests of the budget, and frees its memory', async () => {
    await start({ rateLimit: { messages: 1, windowMs: 700 } });
    await vi.waitFor(
      async () => expect(await accept('first')).toMatchObject({ accepted: true }),
      20_000,
    );
    await desk.chat.waitForMessage(({ text }) => text?.includes('first') === true);
    const texts = ['one', 'two', 'three', 'four'];
    for (const text of texts) expect(await accept(text)).toMatchObject({ accepted: true });
    await fill();
    await vi.waitFor(() => expect(desk.notices).toHaveLength(5), { timeout: 20_000 });
    expect(desk.notices.slice(1).map((text) => text.split('\n')[1])).toEqual(texts);
    await vi.waitFor(async () => expect(await admin.keys('*:outbox:jobs:*')).toEqual([]), 20_000);
  });

  it('posts what waits when it is full as the app starts, and writes no log for ever', async () => {
    await start({ rateLimit: { messages: 1, windowMs: 60_000 } });
    const { emulator, chat } = desk;
    const shared = {
      botToken: emulator.bot.token,
      adminChatId: chat.id,
      apiRoot: emulator.apiRoot,
    };
    await vi.waitFor(
      async () => expect(await accept('first')).toMatchObject({ accepted: true }),
      20_000,
    );
    await chat.waitForMessage(({ text }) => text?.includes('first') === true);
    for (const text of ['one', 'two']) await accept(text);
    await desk.app.close();
    await fill();
    // The minute of the budget is over.
    for (const ending of ['budget:*', 'outbox:rest', 'outbox:limiter']) {
      await admin.del(...(await admin.keys(`*:${ending}`)), 'none');
    }
    const next = await TestDesk.start({
      options: { redis: server.url, ...shared, rateLimit: { messages: 100, windowMs: 1_000 } },
      webhook: false,
    });
    await vi.waitFor(() => expect(chat.messages).toHaveLength(3), { timeout: 20_000 });
    expect(next.log.with('error', 'Redis denies what the desk needs: ')).toHaveLength(1);
    expect(next.log.lines.length).toBeLessThan(30);
    await next.stop();
  });

  it('hands over replies that wait, and takes none', async () => {
    await start();
    await vi.waitFor(
      async () => expect(await accept('Help')).toMatchObject({ accepted: true }),
      20_000,
    );
    const question = await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
    let failures = 1;
    desk.replies.before = () => {
      failures -= 1;
      if (failures === 0) throw new Error('not yet');
    };
    desk.chat.agent('Ada').reply(question, 'waits');
    await vi.waitFor(() => expect(desk.log.with('error', 'attempt 1')).toHaveLength(1), 20_000);
    await desk.emulator.idle();
    await fill();
    await vi.waitFor(() => expect(desk.replies.replies).toMatchObject([{ text: 'waits' }]), 20_000);
    desk.chat.agent('Ada').reply(question, 'is late');
    const statuses = () => desk.emulator.deliveries.map(({ status }) => status);
    await vi.waitFor(() => expect(statuses()).toContain(503), { timeout: 20_000 });
    await empty();
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(2), { timeout: 20_000 });
  });
});
