import { randomUUID } from 'node:crypto';
import { Redis as Redis6, type RedisOptions } from 'ioredis';
import { Redis as Redis5 } from 'ioredis-5';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RedisOption } from '../../src/redis/redis-connection.js';
import type { TelegramModuleOptions } from '../../src/index.js';
import { RedisServer } from '../support/redis-server.js';
import { TestDesk } from '../support/test-desk.js';

const USER = { username: 'app1', password: 'only-for-this-test' };

describe('The keys of a desk', () => {
  let server: RedisServer;
  let admin: Redis6;
  let desk: TestDesk | undefined;
  const clients: Redis6[] = [];

  beforeAll(async () => {
    server = await RedisServer.start();
    admin = new Redis6(server.url);
    await admin.call(
      'ACL',
      'SETUSER',
      USER.username,
      'on',
      `>${USER.password}`,
      '~app1:*',
      '+@all',
    );
  });
  afterEach(async () => {
    await desk?.stop();
    desk = undefined;
    for (const client of clients.splice(0)) client.disconnect();
    await admin.flushall();
  });
  afterAll(async () => {
    admin.disconnect();
    await server.stop();
  });

  /** How the user reaches the server. */
  const address = (): RedisOptions => ({
    host: '127.0.0.1',
    port: Number(new URL(server.url).port),
    ...USER,
  });

  function connect(Library: typeof Redis6, settings: RedisOptions): Redis6 {
    const opened = new Library({ ...address(), ...settings });
    clients.push(opened);
    return opened;
  }

  const url = () => server.url.replace('//', `//${USER.username}:${USER.password}@`);

  const WAYS: Array<[string, () => { redis: RedisOption } & Partial<TelegramModuleOptions>]> = [
    ['keyPrefix with a URL', () => ({ redis: url(), keyPrefix: 'app1:' })],
    ['keyPrefix that ends in a word', () => ({ redis: url(), keyPrefix: 'app1:desk' })],
    ['the keyPrefix of ioredis options', () => ({ redis: { ...address(), keyPrefix: 'app1:' } })],
    ['that of a client', () => ({ redis: connect(Redis6, { keyPrefix: 'app1:' }) })],
    ['that of a client of ioredis 5', () => ({ redis: connect(Redis5, { keyPrefix: 'app1:' }) })],
    [
      'both',
      () => ({
        redis: connect(Redis6, { keyPrefix: 'app1:' }),
        keyPrefix: `desk-${randomUUID()}:`,
      }),
    ],
  ];

  it.each(WAYS)('all begin with %s, so that a user who has no others works', async (_, options) => {
    desk = await TestDesk.start({
      options: {
        ...options(),
        rateLimit: { messages: 2, windowMs: 1_000 },
        replies: { attempts: 1 },
      },
    });
    const { telegram, chat, replies } = desk;
    replies.before = ({ text }) => {
      if (text === 'fail') throw new Error('not today');
    };
    await telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await chat.waitForMessage(() => true);
    const reply = chat.agent('Ada').reply(notice, 'Hello');
    expect(await chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    chat.agent('Ada').reply(notice, 'fail');
    // More than the rate limit lets through at once, so that the queue pauses.
    for (const text of ['one', 'two', 'three']) {
      await telegram.notifyUserMessage({ threadId: `t-${text}`, text });
    }
    await expect.poll(() => desk?.notices.length, { timeout: 20_000 }).toBe(5);
    await expect
      .poll(() => telegram.deadLetters.list(), { timeout: 20_000 })
      .toMatchObject([{ threadId: 't1' }]);
    const keys = await admin.keys('*');
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.filter((key) => !key.startsWith('app1:'))).toEqual([]);
    expect(await admin.call('ACL', 'LOG')).toEqual([]);
  });

  it('begin without keyPrefix as they always did', async () => {
    desk = await TestDesk.start({ options: { redis: server.url } });
    const { telegram, chat, emulator } = desk;
    await telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await chat.waitForMessage(() => true);
    const scope = `${emulator.bot.id}:${chat.id}`;
    await expect
      .poll(() => admin.keys('*'), { timeout: 20_000 })
      .toEqual(
        expect.arrayContaining([
          `tg_thread:${scope}:${notice.message_id}`,
          `tg:{${scope}}:last:t1`,
          `tg:{${scope}}:outbox:meta`,
        ]),
      );
  });

  it('keep their hash tag behind every prefix, so that a cluster has them on one node', async () => {
    desk = await TestDesk.start({ options: { redis: server.url, keyPrefix: 'a{b:' } });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    await desk.chat.waitForMessage(() => true);
    const keys = (await admin.keys('*')).filter((key) => /:(outbox|inbox|budget|last)/.test(key));
    expect(new Set(keys.map((key) => /\{([^}]+)\}/.exec(key)?.[1])).size).toBe(1);
  });
});
