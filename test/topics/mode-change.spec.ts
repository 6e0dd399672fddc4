import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { BotApiEmulator } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';
import { generalTexts, topicTexts } from './topic-desk.js';

describe('A desk in Redis whose mode is changed', () => {
  /** Starts the app anew in a forum that stays. */
  async function createForum() {
    const emulator = await BotApiEmulator.start({ bots: [ownBot()] });
    onTestFinished(() => emulator.stop());
    const chat = emulator.createForum({ title: 'Support' });
    const shared = {
      botToken: emulator.bot.token,
      adminChatId: chat.id,
      apiRoot: emulator.apiRoot,
      redis: inject('redisUrl'),
    };
    const run = async (mode: 'replies' | 'topics', work: (desk: TestDesk) => Promise<void>) => {
      const desk = await TestDesk.start({ options: { ...shared, mode }, webhook: false });
      await work(desk);
      await desk.stop();
    };
    const posted = (text: string) =>
      chat.waitForMessage((message) => message.text?.includes(text) === true);
    return { chat, run, posted };
  }

  it('from replies to topics goes on with a thread as replies until it is opened again', async () => {
    const { chat, run, posted } = await createForum();
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
    const { chat, run, posted } = await createForum();
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
