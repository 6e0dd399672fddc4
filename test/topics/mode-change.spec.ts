import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { BotApiEmulator } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';
import { generalTexts, topicTexts, type StorageName } from './topic-desk.js';

type Mode = 'replies' | 'topics';

/** Starts the app anew in a forum that stays. */
async function createForum(storage: StorageName) {
  const emulator = await BotApiEmulator.start({
    waitTimeoutMs: 20_000,
    bots: [ownBot()],
    limits: { group: false },
  });
  onTestFinished(() => emulator.stop());
  const chat = emulator.createForum({ title: 'Support' });
  const shared = {
    botToken: emulator.bot.token,
    adminChatId: chat.id,
    apiRoot: emulator.apiRoot,
    rateLimit: { messages: 99, windowMs: 1_000 },
    ...(storage === 'Redis' && { redis: inject('redisUrl') }),
  };
  // Telegram takes one setWebhook in a second.
  const start = (mode: Mode, webhook = false) =>
    TestDesk.start({ options: { ...shared, mode }, webhook });
  const run = async (mode: Mode, work: (desk: TestDesk) => Promise<void>, webhook = false) => {
    const desk = await start(mode, webhook);
    await work(desk);
    await desk.stop();
  };
  const posted = (text: string) =>
    chat.waitForMessage((message) => message.text?.includes(text) === true, 20_000);
  return { chat, start, run, posted };
}

describe('A desk in Redis whose mode is changed', () => {
  it('from replies to topics goes on with a thread as replies until it is opened again', async () => {
    const { chat, run, posted } = await createForum('Redis');
    await run('replies', async ({ telegram }) => {
      await telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'first' });
      await posted('first');
    });
    await run('topics', async ({ telegram }) => {
      await telegram.notifyUserMessage({ threadId: 't1', text: 'second' });
      const second = await posted('second');
      expect(second.reply_to_message?.text).toContain('first');
      await telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'third' });
      await posted('third');
      await telegram.notifyUserMessage({ threadId: 't1', text: 'fourth' });
      await posted('fourth');
    });
    expect(topicTexts({ chat })).toEqual({ One: ['🆕 One\n\nthird', '💬 Customer\nfourth'] });
    expect(generalTexts({ chat })).toEqual(['🆕 One\n\nfirst', '💬 Customer\nsecond']);
  });

  it('from topics to replies goes on with a thread in its topic, and has none for new ones', async () => {
    const { chat, run, posted } = await createForum('Redis');
    await run('topics', async ({ telegram }) => {
      await telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'first' });
      await posted('first');
    });
    await run('replies', async ({ telegram }) => {
      await telegram.notifyUserMessage({ threadId: 't1', text: 'second' });
      await posted('second');
      await telegram.notifyNewThread({ threadId: 't2', subject: 'Two', text: 'other' });
      await posted('other');
    });
    expect(topicTexts({ chat })).toEqual({ One: ['🆕 One\n\nfirst', '💬 Customer\nsecond'] });
    expect(generalTexts({ chat })).toEqual(['🆕 Two\n\nother']);
  });
});

describe('A desk in memory whose mode is changed, which has forgotten its threads', () => {
  it.each<[from: Mode, to: Mode]>([
    ['replies', 'topics'],
    ['topics', 'replies'],
  ])(
    'from %s to %s takes answers to former notices, and begins with what comes',
    async (from, to) => {
      const { chat, run, posted } = await createForum('memory');
      await run(from, async ({ telegram }) => {
        await telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'first' });
        await posted('first');
      });
      await run(
        to,
        async ({ telegram, replies }) => {
          chat.agent('Ada').reply(await posted('first'), 'On its way');
          await vi.waitFor(() => expect(replies.replies).toHaveLength(1), 20_000);
          expect(replies.replies).toMatchObject([{ threadId: 't1', text: 'On its way' }]);
          await telegram.notifyUserMessage({ threadId: 't1', text: 'second' });
          await posted('second');
        },
        true,
      );
      const former = ['🆕 One\n\nfirst', 'On its way'];
      const begun = ['💬 Customer\nsecond'];
      expect(topicTexts({ chat })).toEqual(to === 'topics' ? { t1: begun } : { One: former });
      expect(generalTexts({ chat })).toEqual(to === 'topics' ? former : begun);
    },
  );
});

describe('Two processes of a desk, one for each mode, as while a new version is rolled out', () => {
  it.each<[takesUpdates: Mode, other: Mode]>([
    ['replies', 'topics'],
    ['topics', 'replies'],
  ])(
    'lose nothing, keep the order and create no topic twice when that with %s takes the updates',
    async (takesUpdates, other) => {
      const { chat, start, posted } = await createForum('Redis');
      const desks = [await start(other), await start(takesUpdates, true)];
      onTestFinished(async () => void (await Promise.all(desks.map((desk) => desk.stop()))));
      const threadIds = Array.from({ length: 8 }, (_, i) => `t${i}`);
      // Each message is accepted by one of the two, and posted by any.
      for (let number = 0; number < 6; number++) {
        await Promise.all(
          threadIds.map(async (threadId, i) => {
            const telegram = desks[(i + number) % 2]?.telegram;
            const message = { threadId, text: `${threadId} says ${number}` };
            if (number % 3 > 0) await telegram?.notifyUserMessage(message);
            else await telegram?.notifyNewThread({ ...message, subject: threadId });
          }),
        );
      }
      const last = await Promise.all(threadIds.map((threadId) => posted(`${threadId} says 5`)));
      for (const threadId of threadIds) {
        const shown = chat.messages.flatMap(({ text = '' }) => [
          ...text.matchAll(new RegExp(`${threadId} says (\\d)`, 'g')),
        ]);
        expect(shown.map(([, number]) => Number(number))).toEqual([0, 1, 2, 3, 4, 5]);
      }
      const names = chat.topics.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);

      for (const [i, message] of last.entries()) chat.agent('Ada').reply(message, `answer ${i}`);
      const taken = () =>
        desks.flatMap(({ replies }) =>
          replies.replies.map(({ threadId, text }) => `${threadId}: ${text}`),
        );
      await vi.waitFor(() => expect(taken()).toHaveLength(8), 20_000);
      expect(taken().toSorted()).toEqual(
        threadIds.map((threadId, i) => `${threadId}: answer ${i}`),
      );
    },
  );
});
