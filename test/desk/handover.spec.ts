import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import type { Message } from '../../src/testing/index.js';
import { Gate } from '../support/gate.js';
import { TestDesk } from '../support/test-desk.js';
import { ownBot } from '../support/own-bot.js';
import { outboxOf } from './outbox-of.js';

const WINDOW_MS = 5_000;

describe('With Redis, an instance that ends in the middle of its work', () => {
  const desks: TestDesk[] = [];
  let first: TestDesk;
  let question: Message;

  async function start(messages: number, windowMs = WINDOW_MS): Promise<void> {
    first = await TestDesk.start({
      // Desks of other tests use the same Redis.
      emulator: { bots: [ownBot()] },
      options: { redis: inject('redisUrl'), rateLimit: { messages, windowMs } },
    });
    desks.push(first);
    await first.telegram.notifyUserMessage({ threadId: 't1', text: 'Help' });
    question = await first.chat.waitForMessage(() => true);
  }
  afterEach(async () => {
    await Promise.all(desks.splice(0).map((desk) => desk.stop()));
  });

  /** The instance that comes after it. */
  async function startNext({ isPaused = false } = {}): Promise<TestDesk> {
    const { emulator, chat } = first;
    const next = await TestDesk.start({
      options: {
        botToken: emulator.bot.token,
        adminChatId: chat.id,
        apiRoot: emulator.apiRoot,
        redis: inject('redisUrl'),
        rateLimit: { messages: 1, windowMs: WINDOW_MS },
      },
      configure: (app) => {
        if (isPaused) outboxOf({ app }).pause();
      },
    });
    desks.push(next);
    return next;
  }

  const statuses = () =>
    first.emulator.deliveries.map(({ status }) => status).filter((status) => status !== null);
  const textsOf = ({ replies }: TestDesk) => replies.replies.map(({ text }) => text);

  it('finishes the reply it has begun and leaves the others of its thread to the next one', async () => {
    await start(1);
    const gate = new Gate();
    first.replies.before = () => gate.pass();
    for (const text of ['one', 'two', 'three']) first.chat.agent('Ada').reply(question, text);
    await gate.reached;
    await first.emulator.idle();
    const ended = first.app.close();
    // It refuses the next update because it is closing, so Telegram keeps that.
    first.chat.agent('Ada').reply(question, 'four');
    await vi.waitFor(() => expect(statuses()).toHaveLength(4), 20_000);
    expect(statuses()[3]).toBe(503);
    gate.open();
    await ended;
    expect(textsOf(first)).toEqual(['one']);
    const next = await startNext();
    // Telegram takes one setWebhook a second.
    await vi.waitFor(
      async () => expect(await next.telegram.registerWebhook(next.webhookUrl)).toBe(true),
      { timeout: 20_000 },
    );
    const rest = ['two', 'three', 'four'];
    await vi.waitFor(() => expect(textsOf(next)).toEqual(rest), { timeout: 20_000 });
    expect(textsOf(first)).toEqual(['one']);
    expect(statuses().slice(0, 3)).toEqual([200, 200, 200]);
  });

  it('leaves the notices that wait for the budget to the next one, in order', async () => {
    // The window of the next one counts from the same notice.
    await start(1, 60_000);
    const customer = { name: 'Alice' };
    await first.telegram.notifyUserMessage({ threadId: 't2', text: 'one', customer });
    await first.telegram.notifyUserMessage({ threadId: 't2', text: 'two', customer });
    await first.app.close();
    expect(first.log.with('error', 'lost')).toEqual([]);
    expect(first.notices).toHaveLength(1);
    const next = await startNext({ isPaused: true });
    await next.telegram.notifyUserMessage({ threadId: 't2', text: 'three', customer });
    outboxOf(next).resume();
    await first.chat.waitForMessage(({ text }) => text?.endsWith('three') === true, 20_000);
    expect(first.notices.slice(1)).toEqual(['💬 Alice\none\n\ntwo\n\nthree']);
    const [sent, later] = first.emulator.callsOf('sendMessage');
    expect((later?.at ?? 0) - (sent?.at ?? 0)).toBeGreaterThanOrEqual(WINDOW_MS);
  });

  it('does not post again what Telegram has taken while it ended', async () => {
    await start(20);
    first.emulator.failNext('sendMessage', { kind: 'delay', delayMs: 500 });
    await first.telegram.notifyUserMessage({ threadId: 't2', text: 'one' });
    await first.emulator.waitForCall(({ params }) => String(params['text']).includes('one'));
    await first.telegram.notifyUserMessage({ threadId: 't3', text: 'two' });
    await first.app.close();
    await startNext();
    await first.chat.waitForMessage(({ text }) => text?.endsWith('two') === true, 20_000);
    expect(first.notices.map((text) => text.split('\n').at(-1))).toEqual(['Help', 'one', 'two']);
  });
});
