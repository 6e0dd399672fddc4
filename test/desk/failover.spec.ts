import { Redis as Redis6 } from 'ioredis';
import { Redis as Redis5 } from 'ioredis-5';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ThreadMappingRepository, type NotifyResult } from '../../src/index.js';
import { Gate } from '../support/gate.js';
import { command, RedisPair } from '../support/redis.pair.js';
import { RedisServer } from '../support/redis-server.js';
import { TestDesk } from '../support/test-desk.js';

/** Back within 5 s, and time for a machine under load. */
const SOON = { timeout: 20_000, interval: 50 };

describe.each([
  { whose: 'its own connection', ClientClass: undefined },
  { whose: 'a client of the app (ioredis 6)', ClientClass: Redis6 },
  { whose: 'a client of the app (ioredis 5)', ClientClass: Redis5 },
])('A desk on a managed Redis, with $whose,', ({ ClientClass }) => {
  let pair: RedisPair;
  let desk: TestDesk;
  let client: Redis6 | undefined;

  afterEach(async () => {
    await desk.stop();
    client?.disconnect();
    await pair.stop();
  });

  async function start(): Promise<void> {
    pair = await RedisPair.start();
    client = ClientClass && new ClientClass(pair.url);
    client?.on('error', () => undefined);
    desk = await TestDesk.start({ options: { redis: client ?? pair.url } });
    await post('first');
  }

  const notify = (text: string): Promise<NotifyResult> =>
    desk.telegram.notifyUserMessage({ threadId: 't1', messageId: text, text });
  const notice = (text: string) =>
    desk.chat.waitForMessage((message) => message.text?.endsWith(text) === true, 20_000);
  const post = async (text: string) => {
    await vi.waitFor(
      async () => expect(await notify(text)).toMatchObject({ accepted: true }),
      SOON,
    );
    return notice(text);
  };

  it('goes on with the new primary: notices are posted and mapped, replies are handled', async () => {
    await start();
    await pair.swap();
    pair.redirect();
    const question = await post('after');
    const reply = desk.chat.agent('Ada').reply(question, 'Hello');
    expect(await desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    expect(desk.replies.replies.map(({ text }) => text)).toEqual(['Hello']);
    const ref = { chatId: desk.chat.id, messageId: question.message_id };
    expect(await desk.app.get(ThreadMappingRepository).find(ref)).toBe('t1');
    const stored = await command(
      pair.second,
      'EXISTS',
      `tg_thread:${desk.emulator.bot.id}:${desk.chat.id}:${question.message_id}`,
    );
    expect(stored).toBe(1);
    expect(desk.notices.filter((text) => text.endsWith('after'))).toHaveLength(1);
  });

  it('finishes what was under way, and has doubled nothing', async () => {
    await start();
    const gate = new Gate();
    desk.replies.before = () => gate.pass();
    const reply = desk.chat.agent('Ada').reply(await post('question'), 'Hello');
    await gate.reached;
    await pair.swap();
    pair.redirect();
    gate.open();
    expect(await desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    desk.chat.agent('Ada').reply(await post('next'), 'Again');
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(2), SOON);
    expect(desk.replies.replies.map(({ text }) => text)).toEqual(['Hello', 'Again']);
  });

  it('waits without haste while the endpoint leads to a replica, and says once what is wrong and when it is not', async () => {
    await start();
    await pair.swap();
    const before = pair.endpoint.connections;
    const swappedAtMs = performance.now();
    await vi.waitFor(() => expect(desk.log.with('error', 'READONLY')).toHaveLength(1), SOON);
    expect(await notify('meanwhile')).toMatchObject({ accepted: false, reason: 'unavailable' });
    await vi.waitFor(() => expect(performance.now() - swappedAtMs).toBeGreaterThan(4_000), SOON);
    // Four connections, of which each begins with short waits and comes to one of a second.
    const seconds = (performance.now() - swappedAtMs) / 1_000;
    expect(pair.endpoint.connections - before).toBeLessThan(44 + 4 * seconds);
    pair.redirect();
    await post('after');
    await vi.waitFor(
      () => expect(desk.log.with('log', 'Redis answers again')).toHaveLength(1),
      SOON,
    );
    expect(desk.log.with('error', 'READONLY')).toHaveLength(1);
  });
});

describe.each([
  { whose: 'its own connection', ClientClass: undefined },
  { whose: 'a client of the app (ioredis 6)', ClientClass: Redis6 },
  { whose: 'a client of the app (ioredis 5)', ClientClass: Redis5 },
])('A desk whose Redis changes its password, with $whose,', ({ ClientClass }) => {
  let server: RedisServer;
  let admin: Redis6;
  let desk: TestDesk;
  let client: Redis6 | undefined;

  afterEach(async () => {
    await desk.stop();
    client?.disconnect();
    admin.disconnect();
    await server.stop();
  });

  it.each([
    { from: 'sesame', to: 'other', word: 'WRONGPASS' },
    { from: '', to: 'other', word: 'NOAUTH' },
  ])('says $word once, and goes on when it is taken again', async ({ from, to, word }) => {
    server = await RedisServer.start({ args: ['--requirepass', from] });
    const url = from ? server.url.replace('//', `//:${from}@`) : server.url;
    admin = new Redis6(url);
    await admin.ping();
    client = ClientClass && new ClientClass(url);
    client?.on('error', () => undefined);
    desk = await TestDesk.start({ options: { redis: client ?? url } });
    const notify = (text: string) =>
      desk.telegram.notifyUserMessage({ threadId: 't1', messageId: text, text });
    const post = async (text: string) => {
      await vi.waitFor(
        async () => expect(await notify(text)).toMatchObject({ accepted: true }),
        SOON,
      );
      return desk.chat.waitForMessage((message) => message.text?.endsWith(text) === true, 20_000);
    };
    await post('before');
    await admin.config('SET', 'requirepass', to);
    await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await vi.waitFor(() => expect(desk.log.with('error', word)).toHaveLength(1), SOON);
    expect(await notify('meanwhile')).toMatchObject({ accepted: false, reason: 'unavailable' });
    await admin.config('SET', 'requirepass', from);
    const reply = desk.chat.agent('Ada').reply(await post('after'), 'Hello');
    expect(await desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    await vi.waitFor(
      () => expect(desk.log.with('log', 'Redis answers again')).toHaveLength(1),
      SOON,
    );
    expect(desk.log.with('error', 'password')).toHaveLength(1);
    expect(desk.log.lines.filter(({ text }) => /sesame|other@/.test(text))).toEqual([]);
  });

  it('posts no notice twice that Telegram had when it was refused', async () => {
    server = await RedisServer.start({ args: ['--requirepass', 'sesame'] });
    const url = server.url.replace('//', '//:sesame@');
    admin = new Redis6(url);
    await admin.ping();
    client = ClientClass && new ClientClass(url);
    client?.on('error', () => undefined);
    desk = await TestDesk.start({ options: { redis: client ?? url } });
    desk.emulator.failNext('sendMessage', { kind: 'delay', delayMs: 2_000 });
    const accept = (text: string) =>
      desk.telegram.notifyUserMessage({ threadId: 't1', messageId: text, text });
    await vi.waitFor(async () => expect((await accept('one')).accepted).toBe(true), SOON);
    await desk.chat.waitForMessage(({ text }) => text?.endsWith('one') === true, 20_000);
    await admin.config('SET', 'requirepass', 'other');
    await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    const refusedAtMs = performance.now();
    await vi.waitFor(() => expect(desk.log.with('error', 'WRONGPASS')).toHaveLength(1), SOON);
    await vi.waitFor(() => expect(performance.now() - refusedAtMs).toBeGreaterThan(4_000), SOON);
    await admin.config('SET', 'requirepass', 'sesame');
    await vi.waitFor(async () => expect((await accept('two')).accepted).toBe(true), SOON);
    await desk.chat.waitForMessage(({ text }) => text?.endsWith('two') === true, 20_000);
    expect(desk.notices).toEqual(['💬 Customer\none', '💬 Customer\ntwo']);
  });
});
