import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { type BotApiEmulator, type EmulatedChat, VirtualClock } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';
import { ownBot } from '../support/own-bot.js';
import { outboxOf } from './outbox-of.js';

const WINDOW_MS = 60_000;

describe('The rate limit of the admin chat', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  /** Moves the time on whenever the desk waits for it, until the condition holds. */
  async function advanceUntil(clock: VirtualClock, done: () => boolean): Promise<void> {
    const step = () => {
      if (!done()) clock.advanceToNext();
      expect(done()).toBe(true);
    };
    await vi.waitFor(step, { timeout: 50_000, interval: 5 });
  }

  it('is never exceeded: many threads at once provoke no 429, and every notice arrives', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({ clock, webhook: false });
    for (let i = 0; i < 70; i += 1) {
      await desk.telegram.notifyNewThread({ threadId: `t${i}`, text: `question ${i}.` });
    }
    await vi.waitFor(() => expect(desk.chat.messages).toHaveLength(20), 20_000);
    await advanceUntil(clock, () => desk.chat.messages.length === 70);
    const calls = desk.emulator.callsOf('sendMessage');
    expect(calls.filter(({ status }) => status === 429)).toEqual([]);
    expect(calls).toHaveLength(70);
    expect(desk.notices.map((text) => text.match(/question (\d+)\./)?.[1])).toEqual(
      Array.from({ length: 70 }, (_, i) => String(i)),
    );
    // Three windows hold 60, so the last ten go out as soon as the third has passed.
    expect((calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0)).toBe(3 * WINDOW_MS);
  });

  it('is saved by posting the waiting messages of a thread together', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({
      clock,
      webhook: false,
      options: { rateLimit: { messages: 1, windowMs: WINDOW_MS } },
    });
    const customer = { name: 'Alice' };
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'first', customer });
    await vi.waitFor(() => expect(desk.chat.messages).toHaveLength(1), 20_000);
    for (let i = 0; i < 50; i += 1) {
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: `line ${i}`, customer });
    }
    await advanceUntil(clock, () => desk.chat.messages.length === 2);
    const lines = Array.from({ length: 50 }, (_, i) => `line ${i}`);
    expect(desk.notices[1]).toBe(`💬 Alice\n${lines.join('\n\n')}`);
  });

  it('is saved by posting together what several instances have queued meanwhile', async () => {
    const windowMs = 1_500;
    const shared = { redis: inject('redisUrl'), rateLimit: { messages: 1, windowMs } };
    desk = await TestDesk.start({
      webhook: false,
      // Desks of other tests use the same Redis.
      emulator: { bots: [ownBot()] },
      options: shared,
    });
    const { emulator, chat } = desk;
    const { token: botToken } = emulator.bot;
    const options = { botToken, adminChatId: chat.id, apiRoot: emulator.apiRoot, ...shared };
    const other = await TestDesk.start({ webhook: false, options });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'first' });
    await chat.waitForMessage(() => true);
    for (const each of [desk, other]) outboxOf(each).pause();
    for (let i = 0; i < 20; i += 1) {
      const { telegram } = i % 2 ? other : desk;
      await telegram.notifyUserMessage({ threadId: 't1', text: `line ${i}` });
    }
    for (const each of [desk, other]) outboxOf(each).resume();
    await chat.waitForMessage(({ text }) => text?.endsWith('line 19') === true, 20_000);
    const lines = Array.from({ length: 20 }, (_, i) => `line ${i}`);
    expect(desk.notices.slice(1)).toEqual([`💬 Customer\n${lines.join('\n\n')}`]);
    expect(emulator.callsOf('sendMessage')).toHaveLength(2);
    await other.stop();
  });

  it('has only as much posted together as fits in one message', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({
      clock,
      webhook: false,
      options: { rateLimit: { messages: 1, windowMs: WINDOW_MS } },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'first' });
    await vi.waitFor(() => expect(desk.chat.messages).toHaveLength(1), 20_000);
    // With its name and the space between them, the second would end at 4,001 characters.
    for (const length of [2_000, 1_987]) {
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'x'.repeat(length) });
    }
    await advanceUntil(clock, () => desk.chat.messages.length === 3);
    expect(desk.notices.map(({ length }) => length)).toEqual([17, 2_012, 1_999]);
    expect(desk.emulator.callsOf('sendMessage').every(({ status }) => status === 200)).toBe(true);
  });

  it('does not keep notices from naming each customer of a thread in which several write', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({
      clock,
      webhook: false,
      options: { rateLimit: { messages: 1, windowMs: WINDOW_MS } },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't0', text: 'first' });
    await vi.waitFor(() => expect(desk.chat.messages).toHaveLength(1), 20_000);
    for (const name of ['Alice', 'Alice', 'Bob']) {
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'x', customer: { name } });
    }
    await advanceUntil(clock, () => desk.chat.messages.length === 2);
    expect(desk.notices[1]).toBe('💬 Alice\nx\n\nx\n\n💬 Bob\nx');
  });

  describe('counts what the app sends directly', () => {
    let clock: VirtualClock;

    async function startWith(messages: number, options = {}): Promise<void> {
      clock = new VirtualClock();
      const rateLimit = { messages, windowMs: WINDOW_MS };
      desk = await TestDesk.start({
        clock,
        webhook: false,
        ...options,
        options: { rateLimit },
      });
    }

    /** How many notices go out now. */
    async function noticesNow(): Promise<number> {
      const before = desk.emulator.callsOf('sendMessage').length;
      for (let i = 0; i < 10; i += 1) {
        await desk.telegram.notifyUserMessage({ threadId: `t${i}`, text: 'notice' });
      }
      await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
      return desk.emulator.callsOf('sendMessage').length - before;
    }

    const media = [1, 2, 3].map((i) => ({
      type: 'photo' as const,
      media: `https://example.com/${i}.png`,
    }));

    it('by sendMessage, each once', async () => {
      await startWith(5);
      await desk.telegram.sendMessage('one');
      await desk.telegram.sendMessage('two');
      expect(await noticesNow()).toBe(3);
      clock.advance(WINDOW_MS);
      await vi.waitFor(() => expect(desk.notices).toHaveLength(10), 20_000);
    });

    it('by api.call: sends, edits, each item of an album, each copy', async () => {
      await startWith(10);
      const { api } = desk.telegram;
      const chatId = desk.chat.id;
      const { message_id: id } = await api.call('sendMessage', { chat_id: chatId, text: 'one' });
      await api.call('editMessageText', { chat_id: chatId, message_id: id, text: 'two' });
      const album = await api.call('sendMediaGroup', { chat_id: String(chatId), media });
      const ids = album.map((message) => message.message_id).slice(0, 2);
      const copy = { chat_id: chatId, from_chat_id: chatId, message_ids: ids };
      await api.call('copyMessages', copy);
      expect(await noticesNow()).toBe(10 - 1 - 1 - 3 - 2);
    });

    it('by api.call: new topics', async () => {
      await startWith(2, {
        chat: (emulator: BotApiEmulator) => emulator.createForum({ title: 'Support' }),
      });
      const topic = { chat_id: desk.chat.id, name: 'Billing' };
      await desk.telegram.api.call('createForumTopic', topic);
      expect(await noticesNow()).toBe(1);
    });

    it('but no call that Telegram refused or does not count, and none to other chats', async () => {
      await startWith(3);
      const { api } = desk.telegram;
      const other = desk.emulator.createSupergroup({ title: 'Other' });
      await api.call('sendMessage', { chat_id: other.id, text: 'one' });
      await api.call('getChat', { chat_id: desk.chat.id });
      await api.call('sendChatAction', { chat_id: desk.chat.id, action: 'typing' });
      await api.call('sendMessage', { chat_id: desk.chat.id, text: '' }).catch(() => undefined);
      expect(await noticesNow()).toBe(3);
    });

    it('and what Telegram may have posted, although its answer was lost', async () => {
      await startWith(3);
      desk.emulator.failNext('sendMessage', { kind: 'cut', perform: true });
      expect(await desk.telegram.sendMessage('one')).toBeNull();
      expect(await noticesNow()).toBe(2);
    });

    it.each<[string, (chat: EmulatedChat) => string | number]>([
      ['a username', () => '@My_Desk'],
      ['an id', (chat) => chat.id],
    ])('when the chat is configured by its username and called by %s', async (_name, nameOf) => {
      clock = new VirtualClock();
      desk = await TestDesk.start({
        clock,
        webhook: false,
        chat: (emulator) => emulator.createSupergroup({ title: 'Support', username: 'my_desk' }),
        options: { adminChatId: '@my_desk', rateLimit: { messages: 3, windowMs: WINDOW_MS } },
      });
      await desk.telegram.api.call('sendMessage', { chat_id: nameOf(desk.chat), text: 'one' });
      expect(await noticesNow()).toBe(2);
    });

    it.each<[string, string | undefined, (chat: EmulatedChat) => string | number]>([
      ['its username and called by an id', '@my_desk', (chat) => chat.id],
      ['its id and called by a username', undefined, () => '@My_Desk'],
    ])('when an album goes to a chat that is configured by %s', async (_name, name, nameOf) => {
      clock = new VirtualClock();
      const rateLimit = { messages: 6, windowMs: WINDOW_MS };
      desk = await TestDesk.start({
        clock,
        webhook: false,
        chat: (emulator) => emulator.createSupergroup({ title: 'Support', username: 'my_desk' }),
        // Nobody has asked Telegram for the other name.
        options: { updates: 'off', rateLimit, ...(name !== undefined && { adminChatId: name }) },
      });
      await desk.telegram.api.call('sendMediaGroup', { chat_id: nameOf(desk.chat), media });
      expect(await noticesNow()).toBe(6 - 3);
    });
  });

  it('lets a text of 1 MB arrive whole and in order, without delaying other threads', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({ clock, webhook: false });
    const lines = Array.from({ length: 40_000 }, (_, i) => `${i} lorem ipsum dolor`);
    const text = lines.join('\n').slice(0, 1_000_000);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text });
    await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'short' });
    const isLastPart = (notice: string) => /\((\d+)\/\1\)/.test(notice);
    await advanceUntil(clock, () => desk.notices.some((notice) => isLastPart(notice)));
    expect(desk.notices[1]).toBe('💬 Customer\nshort');
    const parts = desk.notices.toSpliced(1, 1);
    const bodies = parts.map((notice) => notice.slice(notice.indexOf('\n') + 1));
    expect(bodies.join('\n').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    expect(desk.emulator.callsOf('sendMessage').every(({ status }) => status === 200)).toBe(true);
  });

  it('pauses for the retry_after of a 429, to the second', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({ clock, webhook: false });
    desk.emulator.failNext('sendMessage', {
      kind: 'error',
      errorCode: 429,
      description: 'Too Many Requests: retry after 17',
      parameters: { retry_after: 17 },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'two' });
    await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
    clock.advance(16_999);
    expect(desk.emulator.callsOf('sendMessage')).toHaveLength(1);
    clock.advance(1);
    await desk.chat.waitForMessage(({ text }) => text?.includes('two') === true);
    expect(desk.notices).toEqual(['💬 Customer\none', '💬 Customer\ntwo']);
    expect(desk.log.with('error', 'pause of 17000 ms')).toHaveLength(1);
  });
});
