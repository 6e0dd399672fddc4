import { afterEach, describe, expect, it, vi } from 'vitest';
import { VirtualClock, type BotApiEmulator, type EmulatedChat } from '../../src/testing/index.js';
import type { TestDesk, TestDeskOptions } from '../support/test-desk.js';
import {
  STORAGES,
  generalTexts,
  startTimedDesk,
  startTopicDesk,
  topicTexts,
  type StorageName,
} from './topic-desk.js';

const BROKEN = 'New threads are shown as replies';

describe.each(STORAGES)('A thread whose topic is in trouble, with data in %s,', (storage) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  /** A desk with the thread `t1`, whose first message is in its topic. */
  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    desk = await startTopicDesk(storage, wanted);
    await open('t1');
  }

  async function open(threadId: string): Promise<void> {
    await desk.telegram.notifyNewThread({ threadId, subject: threadId, text: `Help ${threadId}` });
    await posted(`Help ${threadId}`);
  }

  async function write(text: string, threadId = 't1'): Promise<void> {
    await desk.telegram.notifyUserMessage({ threadId, text });
    await posted(text);
  }

  const posted = (text: string) =>
    desk.chat.waitForMessage((message) => message.text?.includes(text) === true, 20_000);

  const admin = () => desk.chat.agent('Owner', { status: 'creator' });

  function deleteTopic(): void {
    admin().deleteTopic(desk.chat.topics[0]?.id ?? 0);
  }

  describe('because it was deleted, goes on in a new one with the same message', () => {
    it('while Telegram still takes the topic for one that is there', async () => {
      await start();
      const [before] = desk.chat.topics;
      deleteTopic();
      await write('more');
      expect(topicTexts(desk)).toEqual({ t1: ['💬 Customer\nmore'] });
      const [after] = desk.chat.topics;
      expect(after?.id).not.toBe(before?.id);
      expect(after?.iconColor).toBe(before?.iconColor);
      await write('again');
      expect(topicTexts(desk)).toEqual({ t1: ['💬 Customer\nmore', '💬 Customer\nagain'] });
      expect(generalTexts(desk)).toEqual([]);
    });

    it('when Telegram does not find the topic any more', async () => {
      await start();
      desk.chat.forgetTopic(desk.chat.topics[0]?.id ?? 0);
      await write('more');
      expect(desk.chat.topics.map(({ messages }) => messages.at(-1)?.text)).toEqual([
        expect.stringContaining('Help t1'),
        expect.stringContaining('more'),
      ]);
    });

    it('when Telegram has posted the message in General without a word', async () => {
      await start();
      desk.chat.redirectDeletedTopics(true);
      deleteTopic();
      await write('more');
      await vi.waitFor(
        () => expect(topicTexts(desk)).toEqual({ t1: ['💬 Customer\nmore'] }),
        20_000,
      );
      expect(generalTexts(desk)).toEqual([]);
      expect(desk.emulator.callsOf('createForumTopic')).toHaveLength(2);
    });

    it('unless that is refused as well: then the message appears outside of topics', async () => {
      await start();
      deleteTopic();
      const refusal = { kind: 'error', errorCode: 400, description: 'Bad Request: NEW' } as const;
      desk.emulator.failNext('createForumTopic', refusal, 2);
      await write('more');
      expect(generalTexts(desk)).toEqual(['t1\n💬 Customer\nmore']);
    });
  });

  describe('because it was closed,', () => {
    it('goes on there when the bot may write in closed topics', async () => {
      await start();
      admin().closeTopic(desk.chat.topics[0]?.id ?? 0);
      await write('more');
      expect(topicTexts(desk)).toEqual({ t1: ['🆕 t1\n\nHelp t1', '💬 Customer\nmore'] });
    });

    const closed = {
      kind: 'error',
      errorCode: 400,
      description: 'Bad Request: TOPIC_CLOSED',
    } as const;

    it('goes on there after the bot has opened it', async () => {
      await start();
      admin().closeTopic(desk.chat.topics[0]?.id ?? 0);
      desk.emulator.failNext('sendMessage', closed);
      await write('more');
      expect(desk.chat.topics[0]?.isClosed).toBe(false);
      expect(topicTexts(desk)).toEqual({ t1: ['🆕 t1\n\nHelp t1', '💬 Customer\nmore'] });
    });

    it('goes on outside of topics, with a line that names it, when the bot may not open it', async () => {
      await start();
      desk.emulator.failNext('sendMessage', closed);
      const description = 'Bad Request: not enough rights to close or open the topic';
      desk.emulator.failNext('reopenForumTopic', { ...closed, description });
      await write('more');
      expect(generalTexts(desk)).toEqual(['t1\n💬 Customer\nmore']);
      expect(desk.log.with('error', 'The topic of thread t1 is closed')).toHaveLength(1);
      await write('again');
      expect(topicTexts(desk)).toEqual({ t1: ['🆕 t1\n\nHelp t1', '💬 Customer\nagain'] });
    });

    it('holds back no other thread', async () => {
      await start();
      await open('t2');
      desk.emulator.failNext('sendMessage', closed);
      desk.emulator.failNext('reopenForumTopic', closed);
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
      await write('two', 't2');
      expect(desk.log.with('error', 'Notices wait')).toEqual([]);
    });
  });

  it('because its creation was not answered, gets the topic that Telegram has created', async () => {
    desk = await startTopicDesk(storage, { webhook: true });
    desk.emulator.failNext('createForumTopic', { kind: 'cut', perform: true });
    await open('t1');
    expect(topicTexts(desk)).toEqual({ t1: ['🆕 t1\n\nHelp t1'] });
    expect(desk.emulator.callsOf('createForumTopic')).toHaveLength(1);
  });

  it('because it was deleted, gets no deleted topic when the creation of the next is not answered', async () => {
    desk = await startTopicDesk(storage, { webhook: true });
    await open('t1');
    await desk.emulator.idle();
    const [before] = desk.chat.topics;
    deleteTopic();
    desk.emulator.failNext('createForumTopic', { kind: 'cut', perform: true });
    await write('more');
    expect(topicTexts(desk)).toEqual({ t1: ['💬 Customer\nmore'] });
    expect(desk.chat.topics[0]?.id).not.toBe(before?.id);
    expect(generalTexts(desk)).toEqual([]);
    expect(desk.emulator.callsOf('createForumTopic')).toHaveLength(2);
  });

  it('because its creation never reached Telegram, gets one topic', async () => {
    desk = await startTopicDesk(storage, { webhook: true });
    desk.emulator.failNext('createForumTopic', { kind: 'cut', perform: false });
    await open('t1');
    expect(topicTexts(desk)).toEqual({ t1: ['🆕 t1\n\nHelp t1'] });
    expect(desk.emulator.callsOf('createForumTopic')).toHaveLength(2);
  });

  it.each([
    ['answers 500', { kind: 'error', errorCode: 500, description: 'Internal Server Error' }],
    ['answers 429', { kind: 'flood', retryAfterSeconds: 1 }],
  ] as const)('because Telegram %s to its creation, gets one topic', async (_name, fault) => {
    desk = await startTopicDesk(storage, { webhook: true });
    desk.emulator.failNext('createForumTopic', fault);
    await open('t1');
    expect(topicTexts(desk)).toEqual({ t1: ['🆕 t1\n\nHelp t1'] });
  });

  it('because its icon is refused, gets a topic without one', async () => {
    desk = await startTopicDesk(storage);
    const description = 'Bad Request: DOCUMENT_INVALID';
    desk.emulator.failNext('createForumTopic', { kind: 'error', errorCode: 400, description });
    await open('t1');
    expect(topicTexts(desk)).toEqual({ t1: ['🆕 t1\n\nHelp t1'] });
  });
});

describe.each(STORAGES)('A desk that cannot have topics, with data in %s,', (storage) => {
  let desk: TestDesk;
  let until: (isDone: () => boolean) => Promise<void>;
  afterEach(() => desk.stop());

  async function start(chat: (emulator: BotApiEmulator) => EmulatedChat): Promise<void> {
    ({ desk, until } = await startTimedDesk(storage, { chat }));
  }

  async function open(threadId: string): Promise<void> {
    await desk.telegram.notifyNewThread({ threadId, subject: threadId, text: `Help ${threadId}` });
    await until(() => desk.notices.some((text) => text.includes(`Help ${threadId}`)));
  }

  const hints = () => generalTexts(desk).filter((text) => text.includes('instead of topics'));

  it.each<[string, (emulator: BotApiEmulator) => EmulatedChat, RegExp, RegExp]>([
    [
      'a supergroup without topics',
      (emulator) => emulator.createSupergroup({ title: 'Support' }),
      /the chat has no topics. Turn them on in the settings of the group/,
      /turn on topics/,
    ],
    [
      'a basic group',
      (emulator) => emulator.createGroup({ title: 'Support' }),
      /the chat has no topics. Turn them on in the settings of the group/,
      /turn on topics/,
    ],
    [
      'a forum where the bot may not manage topics',
      (emulator) => {
        const chat = emulator.createForum({ title: 'Support' });
        chat.setBotRights({ can_manage_topics: false });
        return chat;
      },
      /the bot may not manage topics. Make it an administrator with that right/,
      /let the bot manage topics/,
    ],
    [
      'a private chat whose bot has no topics',
      (emulator) => emulator.createPrivateChat('Ada'),
      /the bot has no topics in private chats. Turn them on at @BotFather/,
      /turn on topics/,
    ],
  ])(
    'because it is in %s, shows threads as replies and says so once',
    async (_name, chat, line, hint) => {
      await start(chat);
      for (const threadId of ['t1', 't2']) await open(threadId);
      expect(desk.chat.topics).toEqual([]);
      await until(() => hints().length > 0);
      expect(hints()).toEqual([expect.stringMatching(hint)]);
      expect(desk.log.lines.filter(({ text }) => text.includes(BROKEN))).toEqual([
        { level: 'error', text: expect.stringMatching(line) },
      ]);
    },
  );

  it('says so at boot, before any thread is opened', async () => {
    await start((emulator) => emulator.createSupergroup({ title: 'Support' }));
    expect(desk.log.with('error', BROKEN)).toHaveLength(1);
    expect(desk.log.with('log', 'Desk: ')).toHaveLength(1);
  });

  it('says at boot that service messages stay when the bot may not delete them', async () => {
    await start((emulator) => {
      const chat = emulator.createForum({ title: 'Support' });
      chat.setBotRights({ can_delete_messages: false });
      return chat;
    });
    expect(desk.log.with('warn', 'may not delete messages')).toHaveLength(1);
    await open('t1');
    expect(Object.keys(topicTexts(desk))).toEqual(['t1']);
  });

  it('has topics for new threads again when the right is given back', async () => {
    await start((emulator) => emulator.createForum({ title: 'Support' }));
    desk.chat.setBotRights({ can_manage_topics: false });
    await desk.emulator.idle();
    await open('t1');
    expect(desk.chat.topics).toEqual([]);
    desk.chat.setBotRights({ can_manage_topics: true });
    await desk.emulator.idle();
    await open('t2');
    expect(Object.keys(topicTexts(desk))).toEqual(['t2']);
    expect(desk.log.with('log', 'Topics work again')).toHaveLength(1);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'more of t1' });
    await until(() => generalTexts(desk).some((text) => text.includes('more of t1')));
  });

  it('goes on as replies when topics are turned off, and comes back when they are on again', async () => {
    await start((emulator) => emulator.createForum({ title: 'Support' }));
    await open('t1');
    desk.chat.setForum(false);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'first' });
    await until(() => desk.notices.some((text) => text.includes('first')));
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'second' });
    await until(() => desk.notices.some((text) => text.includes('second')));
    const [first, second] = ['first', 'second'].map((word) =>
      desk.chat.messages.find(({ text }) => text?.includes(word)),
    );
    expect(second?.reply_to_message?.message_id).toBe(first?.message_id);
    expect(desk.notices.filter((text) => text.includes('first'))).toHaveLength(1);
    await open('t2');
    expect(desk.log.with('error', 'the chat has no topics')).toHaveLength(1);
    desk.chat.setForum(true);
    desk.chat.agent('Ada').write('Topics are on');
    await desk.emulator.idle();
    await open('t3');
    expect(desk.chat.topics.map(({ name }) => name)).toContain('t3');
    expect(desk.log.with('log', 'Topics work again')).toHaveLength(1);
  });
});

describe('A thread whose place is closed', () => {
  let desk: TestDesk;
  let clock: VirtualClock | undefined;
  afterEach(() => desk.stop());

  const closed = {
    kind: 'error',
    errorCode: 400,
    description: 'Bad Request: TOPIC_CLOSED',
  } as const;
  const boss = () => desk.chat.agent('Owner', { status: 'creator' });
  const refusals = () => desk.emulator.calls.filter(({ status }) => status === 400);
  const posted = (text: string) =>
    desk.chat.waitForMessage((message) => message.text?.includes(text) === true, 20_000);

  /** A desk with the thread `t1` in a topic, whose waits end in memory when the test says so. */
  async function start(storage: StorageName = 'memory'): Promise<void> {
    clock = storage === 'memory' ? new VirtualClock() : undefined;
    desk = await startTopicDesk(storage, { ...(clock && { clock }), webhook: true });
    await desk.telegram.notifyNewThread({ threadId: 't1', subject: 't1', text: 'Help t1' });
    await posted('Help t1');
  }

  it.each<[string, () => unknown]>([
    ['closed', () => boss().closeTopic(1)],
    ['hidden', () => desk.telegram.api.call('hideGeneralForumTopic', { chat_id: desk.chat.id })],
  ])('because General is %s, holds back no other one, and goes on later', async (_name, close) => {
    await start();
    await close();
    desk.chat.setBotRights({ can_manage_topics: false });
    await desk.emulator.idle();
    await desk.telegram.notifyNewThread({ threadId: 't2', subject: 't2', text: 'Help t2' });
    await vi.waitFor(() => expect(refusals()).not.toEqual([]), 20_000);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'more of t1' });
    await posted('more of t1');
    expect(desk.log.with('error', 'wait until this is fixed')).toHaveLength(1);
    boss().reopenTopic(1);
    await vi.waitFor(() => {
      clock?.advance(1_000);
      expect(generalTexts(desk).join()).toMatch(/Help t2/);
    }, 20_000);
    await vi.waitFor(() => {
      clock?.advance(1_000);
      expect(generalTexts(desk).join()).toMatch(/instead of topics/);
    }, 20_000);
  });

  it.each(STORAGES)(
    'with its topic and General closed, waits alone, and goes on in its topic, with data in %s',
    async (storage) => {
      await start(storage);
      await desk.telegram.notifyNewThread({ threadId: 't2', subject: 't2', text: 'Help t2' });
      await posted('Help t2');
      desk.emulator.failNext('sendMessage', closed, 2);
      desk.emulator.failNext('reopenForumTopic', closed);
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'more of t1' });
      await vi.waitFor(() => expect(refusals()).toHaveLength(3), 20_000);
      await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'more of t2' });
      await posted('more of t2');
      clock?.advance(1_000);
      await posted('more of t1');
      expect(topicTexts(desk)).toMatchObject({
        t1: ['🆕 t1\n\nHelp t1', '💬 Customer\nmore of t1'],
      });
    },
  );

  it.each(STORAGES)(
    'holds back no thread when only a hint to an agent is refused, with data in %s',
    async (storage) => {
      await start(storage);
      const [topic] = desk.chat.topics;
      desk.emulator.failNext('sendMessage', closed, 2);
      boss().write('/what', { message_thread_id: topic?.id, is_topic_message: true });
      await vi.waitFor(() => expect(refusals()).toHaveLength(2), 20_000);
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'more of t1' });
      await posted('more of t1');
    },
  );
});

it.each(STORAGES)(
  'A desk without updates tries topics again a minute after a refusal, with data in %s',
  async (storage) => {
    const clock = new VirtualClock();
    const desk = await startTopicDesk(storage, { clock, options: { updates: 'off' } });
    const open = async (threadId: string) => {
      await desk.telegram.notifyNewThread({ threadId, subject: threadId, text: 'Help' });
      await vi.waitFor(
        () => expect(desk.notices.some((text) => text.includes(threadId))).toBe(true),
        20_000,
      );
    };
    desk.chat.setBotRights({ can_manage_topics: false });
    await open('t1');
    await open('t2');
    expect(desk.emulator.callsOf('createForumTopic')).toHaveLength(1);
    desk.chat.setBotRights({ can_manage_topics: true });
    clock.advance(60_000);
    await open('t3');
    expect(Object.keys(topicTexts(desk))).toEqual(['t3']);
    expect(desk.log.with('log', 'Topics work again')).toHaveLength(1);
    await desk.stop();
  },
);
