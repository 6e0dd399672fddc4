import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BotApiEmulator } from '../../src/testing/index.js';
import { Gate } from '../support/gate.js';
import { RedisPair } from '../support/redis.pair.js';
import { RedisServer } from '../support/redis-server.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { outboxOf } from './outbox-of.js';

const SOON = { timeout: 20_000, interval: 50 };
const LOSS = 'Redis has lost';

describe('A desk whose Redis', () => {
  let server: RedisServer;
  let admin: Redis;
  const desks: TestDesk[] = [];

  beforeEach(async () => {
    server = await RedisServer.start();
    admin = new Redis(server.url);
    admin.on('error', () => undefined);
  });
  afterEach(async () => {
    await Promise.all(desks.splice(0).map((desk) => desk.stop()));
    admin.disconnect();
    await server.stop();
  });

  async function start(
    options: TestDeskOptions['options'] = {},
    wanted: TestDeskOptions = {},
  ): Promise<TestDesk> {
    const desk = await TestDesk.start({ ...wanted, options: { redis: server.url, ...options } });
    desks.push(desk);
    return desk;
  }

  async function post(desk: TestDesk, text: string) {
    const message = { threadId: 't1', messageId: text, text };
    await vi.waitFor(async () => {
      expect(await desk.telegram.notifyUserMessage(message)).toMatchObject({ accepted: true });
    }, SOON);
    return desk.chat.waitForMessage((posted) => posted.text?.endsWith(text) === true, 20_000);
  }

  /** Resolves when what was posted is done. */
  async function nothingWaits(desk: TestDesk): Promise<void> {
    const keys = `tg:{${desk.emulator.bot.id}:${desk.chat.id}}:outbox:keys`;
    await vi.waitFor(async () => expect(await admin.exists(keys)).toBe(0), SOON);
  }

  async function converse(desk: TestDesk, text: string): Promise<void> {
    const reply = desk.chat.agent('Ada').reply(await post(desk, text), `re: ${text}`);
    expect(await desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    expect(desk.replies.replies.map((taken) => taken.text)).toContain(`re: ${text}`);
  }

  it('is flushed says so once, with what it knew to wait, and goes on', async () => {
    const desk = await start({ rateLimit: { messages: 2, windowMs: 4_000 } });
    await post(desk, 'one');
    await post(desk, 'two');
    await nothingWaits(desk);
    outboxOf(desk).pause();
    const gate = new Gate();
    desk.replies.before = () => gate.pass();
    const first = desk.chat.messages.find(({ text }) => text?.endsWith('one'));
    if (!first) throw new Error('Nothing was posted');
    desk.chat.agent('Ada').reply(first, 'under way');
    desk.chat.agent('Ada').reply(first, 'waiting');
    await gate.reached;
    await desk.emulator.idle();
    for (const threadId of ['t2', 't3', 't4']) {
      await desk.telegram.notifyUserMessage({ threadId, text: 'lost' });
    }
    await admin.flushall();
    await vi.waitFor(() => expect(desk.log.with('error', LOSS)).toHaveLength(1), SOON);
    expect(desk.log.with('error', '3 notices and 2 replies')).toHaveLength(1);
    outboxOf(desk).resume();
    gate.open();
    await converse(desk, 'three');
    await converse(desk, 'four');
    expect(desk.log.with('error', LOSS)).toHaveLength(1);
    expect(desk.notices.filter((text) => text.endsWith('lost'))).toEqual([]);
  });

  it('is flushed while it is idle has its workers hear of new work', async () => {
    const desk = await start();
    await converse(desk, 'one');
    await admin.flushall();
    await converse(desk, 'two');
    await converse(desk, 'three');
    await vi.waitFor(() => expect(desk.log.with('error', LOSS)).toHaveLength(1), SOON);
    // It is found out some time later, when what has come since may be under way.
    expect(desk.log.with('error', LOSS)[0]?.text).toMatch(
      / see [01] notices? and (?:0 replies|1 reply) and /,
    );
  });

  it('comes back empty says so, too, and goes on', async () => {
    const desk = await start({ rateLimit: { messages: 1, windowMs: 4_000 } });
    await post(desk, 'one');
    await nothingWaits(desk);
    outboxOf(desk).pause();
    await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'lost' });
    await server.kill();
    await server.restart();
    await vi.waitFor(() => expect(desk.log.with('error', LOSS)).toHaveLength(1), SOON);
    expect(desk.log.with('error', '1 notice and 0 replies')).toHaveLength(1);
    outboxOf(desk).resume();
    await converse(desk, 'two');
    await converse(desk, 'three');
    expect(desk.log.with('error', LOSS)).toHaveLength(1);
  });

  it('is flushed has each of several processes say it, and none at the first start', async () => {
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    const chat = emulator.createSupergroup({ title: 'Support' });
    const { token: botToken } = emulator.bot;
    const shared = { botToken, adminChatId: chat.id, apiRoot: emulator.apiRoot };
    const several = await Promise.all(
      [1, 2, 3].map(() => start(shared, { webhook: false, unchecked: true })),
    );
    for (const [index, desk] of several.entries()) {
      await desk.telegram.notifyUserMessage({ threadId: `t${index}`, text: `first ${index}` });
      await chat.waitForMessage(({ text }) => text?.endsWith(`first ${index}`) === true);
    }
    expect(several.flatMap(({ log }) => log.with('error', LOSS))).toEqual([]);
    await admin.flushall();
    for (const [index, desk] of several.entries()) {
      await desk.telegram.notifyUserMessage({ threadId: `t${index}`, text: `then ${index}` });
      await chat.waitForMessage(({ text }) => text?.endsWith(`then ${index}`) === true, 20_000);
    }
    // In one process the log of Nest is one, and goes to whoever came last.
    const losses = () => several.flatMap(({ log }) => log.with('error', LOSS));
    await vi.waitFor(() => expect(losses()).toHaveLength(3), SOON);
    await emulator.stop();
  });

  it('is restarted with its file, or fails over, is not said to have lost anything', async () => {
    const durable = await RedisServer.start({ durable: true });
    const pair = await RedisPair.start();
    const kept = await start({ redis: durable.url });
    const failedOver = await start({ redis: pair.url });
    await Promise.all([post(kept, 'one'), post(failedOver, 'one')]);
    await durable.kill();
    await durable.restart();
    await pair.swap();
    pair.redirect();
    await Promise.all([converse(kept, 'two'), converse(failedOver, 'two')]);
    // Each has looked again by then.
    const againAtMs = performance.now() + 6_000;
    await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(againAtMs), SOON);
    for (const { log } of [kept, failedOver]) expect(log.with('error', LOSS)).toEqual([]);
    await Promise.all(desks.splice(0).map((desk) => desk.stop()));
    await durable.stop();
    await pair.stop();
  });
});
