import { afterEach, describe, expect, it, vi } from 'vitest';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { Gate } from '../support/gate.js';
import type { TestDesk, TestDeskOptions } from '../support/test-desk.js';
import { STORAGES, generalTexts, iconOf, startTimedDesk } from './topic-desk.js';

describe.each(STORAGES)('The topic of a thread, with data in %s,', (storage) => {
  let desk: TestDesk;
  let until: (isDone: () => boolean | Promise<boolean>) => Promise<void>;
  let hasWebhook: boolean;
  afterEach(() => desk.stop());

  /** A desk with the thread `t1`, whose customer waits. */
  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    ({ desk, until } = await startTimedDesk(storage, wanted));
    hasWebhook = wanted.webhook ?? true;
    await desk.telegram.notifyNewThread({ threadId: 't1', subject: 'Refund', text: 'Help' });
    await until(() => desk.notices.some((text) => text.includes('Help')));
    // No agent answers before the notice is recorded, which is just after it is posted.
    const threads = desk.app.get(ThreadStateRepository, { strict: false });
    await until(async () => (await threads.find('t1'))?.card !== undefined);
  }

  const topic = () => desk.chat.topics[0];

  function answer(text: string): void {
    desk.chat.agent('Ada').write(text, { message_thread_id: topic()?.id, is_topic_message: true });
  }

  const edits = () => desk.emulator.callsOf('editForumTopic');
  const changes = () =>
    desk.calls.flatMap(({ method }) =>
      /^(edit|close|reopen)ForumTopic$/.test(method) ? [method] : [],
    );

  /** Has the desk do all that waits. */
  async function settle(): Promise<void> {
    if (hasWebhook) await desk.emulator.idle();
    const text = `settled ${desk.notices.length}`;
    await desk.telegram.notifyUserMessage({ threadId: 'other', text });
    await until(() => desk.notices.some((notice) => notice.includes(text)));
  }

  it('shows by its icon that the thread is answered, and that it waits again', async () => {
    await start();
    answer('Hello');
    await until(() => edits().length === 1);
    expect(await iconOf(desk, topic())).toBe('💬');
    expect(edits()[0]?.params).not.toHaveProperty('name');
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Thanks' });
    await until(() => edits().length === 2);
    expect(await iconOf(desk, topic())).toBe('❗');
    expect(topic()?.name).toBe('Refund');
  });

  it('shows what has changed while it was being changed', async () => {
    await start();
    answer('Hello');
    await until(async () => (await iconOf(desk, topic())) === '💬');
    await until(async () => (await desk.telegram.findThread('t1'))?.status === 'answered');
    desk.emulator.failNext('editForumTopic', { kind: 'delay', delayMs: 1_000 });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'And when?' });
    await until(() => edits().length === 2);
    answer('Tomorrow');
    await until(async () => (await desk.telegram.findThread('t1'))?.status === 'answered');
    await until(() => edits().length === 3);
    expect(await iconOf(desk, topic())).toBe('💬');
  });

  it('is not taken for deleted when the one before was changed, and was deleted, meanwhile', async () => {
    await start();
    const threads = desk.app.get(ThreadStateRepository, { strict: false });
    const before = topic();
    if (!before) throw new Error('The thread has no topic');
    const target = { chat_id: desk.chat.id, message_thread_id: before.id };
    await desk.telegram.api.call('deleteForumTopic', target);
    const healed = { chatId: desk.chat.id, topicId: 999, name: 'Refund', isClosed: true };
    desk.telegram.api.use({
      intercept: async ({ method }, next) => {
        if (method === 'editForumTopic') {
          await threads.update('t1', { topic: { ...healed, shownStatus: 'closed' } });
        }
        return next();
      },
    });
    await desk.telegram.closeThread({ threadId: 't1' });
    await until(() => edits().some(({ status }) => status === 400));
    await settle();
    const record = await threads.find('t1');
    expect(record?.topic).toEqual({ ...healed, shownStatus: 'closed' });
  });

  it('is closed with its icon when the app closes the thread, and opened again', async () => {
    await start();
    expect(await desk.telegram.closeThread({ threadId: 't1' })).toMatchObject({ accepted: true });
    await until(() => topic()?.isClosed === true);
    expect(await iconOf(desk, topic())).toBe('✅');
    expect(await desk.telegram.findThread('t1')).toMatchObject({ status: 'closed' });
    await desk.telegram.reopenThread({ threadId: 't1' });
    await until(() => topic()?.isClosed === false);
    expect(await iconOf(desk, topic())).toBe('❗');
    expect(changes()).toEqual([
      'editForumTopic',
      'closeForumTopic',
      'editForumTopic',
      'reopenForumTopic',
    ]);
    expect(generalTexts(desk)).toEqual([]);
  });

  it('is opened again by a message of the customer', async () => {
    await start();
    await desk.telegram.closeThread({ threadId: 't1' });
    await until(() => topic()?.isClosed === true);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'One more thing' });
    await until(() => topic()?.isClosed === false);
    expect(await desk.telegram.findThread('t1')).toMatchObject({ status: 'waiting' });
  });

  it('is not touched when a message comes before it is closed', async () => {
    await start();
    await desk.telegram.closeThread({ threadId: 't1' });
    await vi.waitFor(
      async () => expect(await desk.telegram.findThread('t1')).toMatchObject({ status: 'closed' }),
      20_000,
    );
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Wait' });
    await vi.waitFor(
      async () => expect(await desk.telegram.findThread('t1')).toMatchObject({ status: 'waiting' }),
      20_000,
    );
    // What changes the topic comes behind the closing.
    answer('Hello');
    await until(() => edits().length > 0);
    expect(await iconOf(desk, topic())).toBe('💬');
    expect(changes()).toEqual(['editForumTopic']);
  });

  it('is renamed and changes its icon in one call', async () => {
    await start();
    // Both wait for the sender, so that none is shown before the other one is there.
    const gate = new Gate();
    desk.telegram.api.use({
      intercept: async ({ method }, next) => {
        if (method === 'sendMessage') await gate.pass();
        return next();
      },
    });
    await desk.telegram.notifyUserMessage({ threadId: 'other', text: 'Hold' });
    await gate.reached;
    answer('Hello');
    await desk.emulator.idle();
    const customer = { name: 'Alice' };
    await desk.telegram.updateThread({ threadId: 't1', subject: 'Parcel', customer });
    gate.open();
    await until(() => edits().length > 0);
    expect(topic()?.name).toBe('Alice: Parcel');
    expect(await iconOf(desk, topic())).toBe('💬');
    await settle();
    expect(edits()).toHaveLength(1);
  });

  it('keeps the name that an agent has given it until the app gives the thread another subject', async () => {
    await start();
    desk.chat.agent('Ada', { status: 'creator' }).renameTopic(topic()?.id ?? 0, 'VIP');
    answer('Hello');
    await until(() => edits().length === 1);
    expect(topic()?.name).toBe('VIP');
    await desk.telegram.updateThread({ threadId: 't1', subject: 'Parcel' });
    await until(() => edits().length === 2);
    expect(topic()?.name).toBe('Parcel');
  });

  it('is left alone where Telegram has no such icon, which the log says once', async () => {
    await start({ options: { topics: { icons: { answered: '🥕', closed: '' } } } });
    answer('Hello');
    await settle();
    await desk.telegram.closeThread({ threadId: 't1' });
    await until(() => topic()?.isClosed === true);
    expect(await iconOf(desk, topic())).toBe('');
    expect(desk.log.with('warn', 'no topic icons for 🥕')).toHaveLength(1);
    expect(edits()).toHaveLength(1);
  });

  it('gets its icon later when Telegram could not list the icons', async () => {
    await start({
      emulator: {},
      chat: (emulator) => {
        emulator.failNext('getForumTopicIconStickers', { kind: 'html', status: 502 }, 2);
        return emulator.createForum({ title: 'Support' });
      },
    });
    expect(topic()?.iconCustomEmojiId).toBe('');
    answer('Hello');
    await until(async () => (await iconOf(desk, topic())) === '💬');
  });

  it('is done when Telegram says that it is so already', async () => {
    await start({ webhook: false });
    desk.chat.agent('Ada', { status: 'creator' }).closeTopic(topic()?.id ?? 0);
    await desk.telegram.closeThread({ threadId: 't1' });
    await until(() => desk.emulator.callsOf('closeForumTopic').length === 1);
    await settle();
    expect(changes()).toEqual(['editForumTopic', 'closeForumTopic']);
    expect(desk.log.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });

  it('is given up silently when Telegram refuses the change: no dead letter, one line', async () => {
    await start();
    desk.emulator.failNext(
      'editForumTopic',
      { kind: 'error', errorCode: 400, description: 'Bad Request: SOMETHING_NEW' },
      2,
    );
    answer('Hello');
    await until(() => edits().length === 1);
    await settle();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Thanks' });
    await settle();
    await until(async () => (await desk.telegram.findThread('t1'))?.status === 'waiting');
    answer('Bye');
    await until(() => edits().length === 2);
    await settle();
    expect(await desk.telegram.deadLetters.list()).toEqual([]);
    expect(desk.log.with('warn', 'SOMETHING_NEW')).toHaveLength(1);
  });

  it('changes its icon in a private chat, where topics cannot be closed', async () => {
    await start({
      chat: (emulator) => emulator.createPrivateChat('Ada'),
      emulator: { bots: [{ token: `${Date.now()}:${'p'.repeat(35)}`, hasTopicsEnabled: true }] },
    });
    expect(topic()?.name).toBe('Refund');
    await desk.telegram.closeThread({ threadId: 't1' });
    await until(() => edits().length === 1);
    expect(await iconOf(desk, topic())).toBe('✅');
    await settle();
    expect(changes()).toEqual(['editForumTopic']);
  });

  it('changes after the messages that wait when the rate limit is short', async () => {
    await start({ options: { rateLimit: { messages: 4, windowMs: 8_000 } } });
    for (const threadId of ['t2', 't3']) {
      await desk.telegram.notifyNewThread({ threadId, subject: threadId, text: 'Help' });
    }
    answer('Hello');
    await desk.emulator.idle();
    await until(() => desk.chat.topics.length === 3);
    expect(edits()).toEqual([]);
    await until(() => edits().length === 1);
    expect(desk.emulator.calls.filter(({ status }) => status === 429)).toEqual([]);
    await vi.waitFor(async () => expect(await iconOf(desk, topic())).toBe('💬'), 20_000);
  });
});
