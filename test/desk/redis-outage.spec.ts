import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UpdateRouter } from '../../src/desk/update-router.js';
import { isUpdate } from '../../src/updates/update-validator.js';
import type { Message } from '../../src/testing/index.js';
import { Gate } from '../support/gate.js';
import { RedisServer, type RedisServerOptions } from '../support/redis-server.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { outboxOf } from './outbox-of.js';
import { SECONDS_MS } from '../support/busy-machine.js';

describe('A desk whose Redis', () => {
  let server: RedisServer;
  let desk: TestDesk;
  afterEach(async () => {
    await desk.stop();
    await server.stop();
  });

  async function start(
    redis: RedisServerOptions,
    options: TestDeskOptions['options'] = {},
  ): Promise<void> {
    server = await RedisServer.start(redis);
    desk = await TestDesk.start({ options: { redis: server.url, ...options } });
  }

  async function notice(threadId: string, text: string): Promise<Message> {
    await desk.telegram.notifyUserMessage({ threadId, text });
    return desk.chat.waitForMessage((message) => message.text?.endsWith(text) === true);
  }

  const taken = () => desk.replies.replies.map(({ text }) => text);

  it('is gone for 5 s goes on by itself, and has lost and doubled nothing', async () => {
    await start({ durable: true });
    const question = await notice('t1', 'before');
    await server.kill();
    const ada = desk.chat.agent('Ada');
    for (const text of ['one', 'two']) ada.reply(question, text);
    const refused = await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'meanwhile' });
    expect(refused).toMatchObject({ accepted: false, reason: 'unavailable' });
    await sleep(5_000);
    expect(taken()).toEqual([]);
    expect(desk.emulator.deliveries.map(({ status }) => status)).not.toContain(200);
    await server.restart();
    await vi.waitFor(
      async () => {
        const message = { threadId: 't1', messageId: 'm1', text: 'after' };
        expect(await desk.telegram.notifyUserMessage(message)).toMatchObject({ accepted: true });
      },
      { timeout: 20_000 },
    );
    await desk.chat.waitForMessage(({ text }) => text?.endsWith('after') === true, 20_000);
    await desk.emulator.idle(20_000);
    await vi.waitFor(() => expect(taken()).toEqual(['one', 'two']), 20_000);
    expect(desk.notices).toEqual(['💬 Customer\nbefore', '💬 Customer\nafter']);
  });

  it('is gone has one error for each cause when many notices and updates cannot be stored', async () => {
    await start({ durable: true });
    const reply = desk.chat.agent('Ada').reply(await notice('t1', 'before'), 'Hello');
    await desk.emulator.idle();
    await server.kill();
    const inbound = desk.app.get(UpdateRouter);
    const threads = Array.from('abcdefghijklmnopqrst', (letter) => `order-${letter}`);
    await Promise.all(
      threads.map((threadId) => desk.telegram.notifyUserMessage({ threadId, text: 'meanwhile' })),
    );
    const updates = threads.map((_, i): unknown => ({
      update_id: 70_000 + i,
      message: { ...reply, message_id: 7_000 + i },
    }));
    const outcomes = await Promise.allSettled(
      updates.filter(isUpdate).map((update) => inbound.accept(update)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(threads.map(() => 'rejected'));
    for (const part of ['could not be accepted', 'could not be stored']) {
      const lines = desk.log.with('error', part).map(({ text }) => text);
      expect(lines.length).toBeGreaterThan(0);
      const causes = new Set(lines.map((line) => line.replaceAll(/order-\w|\d+/g, '#')));
      expect(causes.size).toBe(lines.length);
    }
    const [first] = desk.log.with('error', 'could not be accepted');
    expect(first?.text).toMatch(
      /^A notice of thread order-\w could not be accepted: .+Notify again with/,
    );
    await server.restart();
    await vi.waitFor(() => expect(desk.log.with('log', 'Redis answers again')).not.toEqual([]), {
      timeout: 20_000,
    });
  });

  it('hangs while a message is stored has it posted once, when it is notified again with the id of the receipt', async () => {
    await start({});
    await notice('t1', 'before');
    server.freeze();
    const message = { threadId: 't1', text: 'meanwhile' };
    const receipt = await desk.telegram.notifyUserMessage(message);
    if (receipt.accepted || receipt.reason !== 'unavailable') throw new Error('It was stored');
    server.thaw();
    await desk.chat.waitForMessage(({ text }) => text?.endsWith('meanwhile') === true, 20_000);
    const again = await desk.telegram.notifyUserMessage({ ...message, messageId: receipt.id });
    expect(again).toEqual({ accepted: true, id: receipt.id });
    await notice('t1', 'after');
    const posted = desk.notices.filter((text) => text.endsWith('meanwhile'));
    expect(posted).toHaveLength(1);
  });

  it('is away when the app starts works as soon as it is there', async () => {
    server = await RedisServer.start();
    await server.kill();
    desk = await TestDesk.start({ options: { redis: server.url } });
    const message = { threadId: 't1', messageId: 'm1', text: 'Hello' };
    expect(await desk.telegram.notifyUserMessage(message)).toMatchObject({ accepted: false });
    await server.restart();
    await vi.waitFor(
      async () => {
        expect(await desk.telegram.notifyUserMessage(message)).toMatchObject({ accepted: true });
      },
      { timeout: 20_000 },
    );
    const question = await desk.chat.waitForMessage(() => true, 20_000);
    const reply = desk.chat.agent('Ada').reply(question, 'Hi');
    expect(await desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    expect(taken()).toEqual(['Hi']);
  });

  it('is killed and restarted with its file posts what waited in it, once and together', async () => {
    await start({ durable: true }, { rateLimit: { messages: 1, windowMs: 3_000 } });
    await notice('t1', 'first');
    outboxOf(desk).pause();
    for (const text of ['one', 'two', 'three']) {
      await desk.telegram.notifyUserMessage({ threadId: 't1', text });
    }
    await server.kill();
    expect(desk.notices).toHaveLength(1);
    await server.restart();
    outboxOf(desk).resume();
    await desk.chat.waitForMessage(({ text }) => text?.includes('one') === true, 20_000);
    expect(desk.notices.slice(1)).toEqual(['💬 Customer\none\n\ntwo\n\nthree']);
  });

  it('is killed and restarted with its file offers the reply again that waited in it', async () => {
    await start({ durable: true });
    const question = await notice('t1', 'Help');
    desk.replies.before = () => {
      desk.replies.before = () => undefined;
      throw new Error('not yet');
    };
    const reply = desk.chat.agent('Ada').reply(question, 'Hello');
    await vi.waitFor(() => expect(desk.log.with('error', 'attempt 1')).toHaveLength(1), 20_000);
    await desk.emulator.idle();
    await server.kill();
    await server.restart();
    expect(await desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    expect(taken()).toEqual(['Hello']);
  });

  describe('is away when the app ends', () => {
    const WAYS: Array<[string, () => Promise<void>]> = [
      ['was killed', () => server.kill()],
      ['hangs', () => Promise.resolve(server.freeze())],
    ];

    it.each(WAYS)('because it %s does not keep it', async (_name, leave) => {
      await start({}, { rateLimit: { messages: 1, windowMs: 60_000 } });
      await notice('t1', 'one');
      await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'two' });
      await leave();
      const endedAtMs = performance.now();
      await desk.app.close();
      expect(performance.now() - endedAtMs).toBeLessThan(SECONDS_MS);
      server.thaw();
    });

    it('because it hangs just when Telegram has a notice does not keep it', async () => {
      await start({});
      const posted = desk.chat.waitForMessage(() => {
        server.freeze();
        return true;
      });
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
      await posted;
      const endedAtMs = performance.now();
      await desk.app.close();
      expect(performance.now() - endedAtMs).toBeLessThan(SECONDS_MS);
      server.thaw();
    });

    it.each(WAYS)(
      'because it %s lets a handler finish, and keeps nobody after that',
      async (_name, leave) => {
        await start({});
        const gate = new Gate();
        desk.replies.before = () => gate.pass();
        desk.chat.agent('Ada').reply(await notice('t1', 'Help'), 'Hello');
        await gate.reached;
        await leave();
        const endedAtMs = performance.now();
        const ended = desk.app.close();
        gate.open();
        await ended;
        expect(performance.now() - endedAtMs).toBeLessThan(SECONDS_MS);
        expect(taken()).toEqual(['Hello']);
        server.thaw();
      },
    );
  });
});
