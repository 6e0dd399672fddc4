import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import type { TelegramModuleOptions } from '../../src/index.js';
import { HandledReplies } from '../../src/threads/handled-replies.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';

const CARRIER = '\u200b';

describe.each(['memory', 'Redis'])('What a customer lets agents see, with %s', (store) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(options: Partial<TelegramModuleOptions> = {}): Promise<void> {
    const redis = store === 'Redis' ? { redis: inject('redisUrl') } : {};
    desk = await TestDesk.start({
      emulator: { bots: [ownBot()] },
      options: { ...redis, ...options },
    });
  }

  const shown = (text: string) =>
    desk.chat.waitForMessage((message) => message.text === CARRIER + text);

  async function open(): Promise<number> {
    const customer = { name: 'Ada' };
    await desk.telegram.notifyUserMessage({
      threadId: 't1',
      messageId: 'm1',
      text: 'Hi',
      customer,
    });
    return (await shown('💬 Ada\nHi')).message_id;
  }

  /** A reply that has its 👍, and of which the desk knows a moment later that the app has handled it. */
  async function answer(noticeId: number, text: string) {
    const { message_id: messageId } = desk.chat.agent('Bob').reply(noticeId, text);
    await desk.chat.waitForReactionsToBe(messageId, ['👍']);
    const message = { chatId: desk.chat.id, messageId };
    const replies = desk.app.get(HandledReplies, { strict: false });
    await vi.waitFor(async () => {
      const known = await replies.list('t1');
      expect(known.map((each) => each.message)).toContainEqual(message);
    }, 20_000);
    return message;
  }

  const react = (emoji: string | null, messageId = 'm1') =>
    desk.telegram.notifyReaction({ threadId: 't1', messageId, emoji });

  /** Reads until it shows. */
  async function waitUntilRead(messageId: number, upTo?: Date): Promise<void> {
    await vi.waitFor(async () => {
      await desk.telegram.notifyRead({ threadId: 't1', upTo });
      expect(desk.chat.reactionsOn(messageId)).toEqual(['👀']);
    }, 20_000);
  }

  it('is a reaction on the notice of a message, and nothing when it is taken away', async () => {
    await start();
    const notice = await open();
    await react('❤️');
    await desk.chat.waitForReactionsToBe(notice, ['❤']);
    await react('🎉');
    await desk.chat.waitForReactionsToBe(notice, ['🎉']);
    await react(null);
    expect(await desk.chat.waitForReactionsToBe(notice, [])).toEqual([]);
  });

  it('is a reaction on a reply, in place of its 👍', async () => {
    await start();
    const message = await answer(await open(), 'Hello');
    await desk.telegram.notifyReaction({ threadId: 't1', reply: message, emoji: '🙏🏽' });
    await desk.chat.waitForReactionsToBe(message.messageId, ['🙏']);
    await desk.telegram.notifyRead({ threadId: 't1' });
    await desk.telegram.notifyReaction({ threadId: 't1', messageId: 'm1', emoji: '👌' });
    await vi.waitFor(() => {
      expect(desk.chat.reactionsOn(message.messageId)).toEqual(['🙏']);
    }, 20_000);
  });

  it('is an emoji that says nearly the same where Telegram has no such reaction', async () => {
    await start();
    const notice = await open();
    await react('✅');
    expect(await desk.chat.waitForReactionsToBe(notice, ['👍'])).toEqual(['👍']);
  });

  it('is said in words, once for each message, where nothing comes close', async () => {
    await start();
    const notice = await open();
    await react('🧀');
    const told = await shown('Ada reacted with 🧀');
    expect(told.reply_to_message?.message_id).toBe(notice);
    await react('🍕');
    await react('🍔', 'unknown');
    await shown('Ada reacted with 🍔');
    expect(desk.notices).toEqual(['💬 Ada\nHi', 'Ada reacted with 🧀', 'Ada reacted with 🍔']);
  });

  it('is said in words where the chat allows no reactions, and the chat shows no read mark', async () => {
    await start();
    desk.chat.allowReactions([]);
    await open();
    await react('👍');
    await shown('Ada reacted with 👍');
    expect(await desk.telegram.notifyRead({ threadId: 't1' })).toMatchObject({ accepted: true });
  });

  it('is 👀 on the newest reply that is read, once, while older ones keep their 👍', async () => {
    await start();
    const notice = await open();
    const first = await answer(notice, 'one');
    const second = await answer(notice, 'two');
    await waitUntilRead(second.messageId);
    expect(desk.chat.reactionsOn(first.messageId)).toEqual(['👍']);
    const calls = desk.emulator.callsOf('setMessageReaction').length;
    await desk.telegram.notifyRead({ threadId: 't1' });
    await desk.telegram.notifyRead({ threadId: 't1', upTo: first });
    await react('🎉');
    await desk.chat.waitForReactionsToBe(notice, ['🎉']);
    expect(desk.emulator.callsOf('setMessageReaction')).toHaveLength(calls + 1);
  });

  it('is 👀 on no reply behind the one, or the time, up to which is read', async () => {
    await start();
    const notice = await open();
    const first = await answer(notice, 'one');
    const second = await answer(notice, 'two');
    await desk.telegram.notifyRead({ threadId: 't1', upTo: new Date(0) });
    await vi.waitFor(async () => {
      await desk.telegram.notifyRead({ threadId: 't1', upTo: first });
      expect(desk.chat.reactionsOn(first.messageId)).toEqual(['👀']);
    }, 20_000);
    expect(desk.chat.reactionsOn(second.messageId)).toEqual(['👍']);
    await waitUntilRead(second.messageId, new Date(Date.now() + 60_000));
  });

  it('is not shown when the option leaves it out', async () => {
    await start({ reactions: { read: false } });
    const message = await answer(await open(), 'one');
    await desk.telegram.notifyRead({ threadId: 't1' });
    await react('🎉');
    await vi.waitFor(() => {
      expect(desk.emulator.callsOf('setMessageReaction')).toHaveLength(2);
    }, 20_000);
    expect(desk.chat.reactionsOn(message.messageId)).toEqual(['👍']);
  });

  it('is refused by name when an argument is wrong', async () => {
    await start();
    const { telegram } = desk;
    await expect(telegram.notifyReaction({ threadId: 't1', emoji: '👍' })).rejects.toThrow(
      'messageId must be a string of 1 to 256 characters',
    );
    const reply = { chatId: 1, messageId: 0 };
    await expect(telegram.notifyReaction({ threadId: 't1', reply, emoji: '👍' })).rejects.toThrow(
      'reply must be the message of a reply',
    );
    await expect(react(' ')).rejects.toThrow('emoji must be a string that is not blank');
    await expect(react('x'.repeat(65))).rejects.toThrow('emoji must be shorter');
    const upTo = new Date(Number.NaN);
    await expect(telegram.notifyRead({ threadId: 't1', upTo })).rejects.toThrow('or a Date');
  });
});
