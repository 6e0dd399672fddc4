import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { PageClient } from '../../test/support/page-client.js';
import type { EmulatedAgent } from '../agents/emulated-agent.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import type { PageActor } from './page-action.interface.js';

describe('Actions of people', () => {
  let telegram: BotApiEmulator;
  let bot: EmulatorClient;
  let page: PageClient;
  let forum: EmulatedChat;
  let ada: EmulatedAgent;
  let chat: string;
  let as: PageActor;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ page: true });
    bot = new EmulatorClient(telegram);
    page = new PageClient(telegram);
    forum = telegram.createForum({ title: 'Team' });
    ada = forum.agent('Ada', { status: 'administrator' });
    chat = String(forum.id);
    as = { person: ada.user.id };
  });

  afterEach(async () => {
    page.close();
    await telegram.stop();
  });

  it('write, in a topic and to the bot', async () => {
    const { topicId } = await page.act({
      type: 'createTopic',
      chat,
      as,
      name: 'Order',
      icon: '💬',
    });
    const result = await page.act({ type: 'write', chat, as, topicId, text: 'See /help' });
    const message = forum.messages.at(-1);
    expect(result).toEqual({ ok: true, messageIds: [message?.message_id] });
    expect(message).toMatchObject({
      text: 'See /help',
      message_thread_id: topicId,
      entities: [{ type: 'bot_command', offset: 4, length: 5 }],
    });
    expect(forum.topics).toMatchObject([{ id: topicId, name: 'Order', icon: '💬' }]);
    expect(await bot.updates()).toMatchObject([
      { message: { forum_topic_created: { name: 'Order' } } },
      { message: { text: 'See /help', from: { first_name: 'Ada' } } },
    ]);
  });

  it('reply, quote, and reply from elsewhere', async () => {
    await page.open();
    const question = ada.write('One two three');
    const topic = ada.createTopic('Order');
    const replyTo = { messageId: question.message_id };
    await page.act({ type: 'write', chat, as, text: 'a', replyTo });
    await page.act({ type: 'write', chat, as, text: 'b', replyTo: { ...replyTo, quote: 'two' } });
    await page.act({ type: 'write', chat, as, topicId: topic.id, text: 'c', replyTo });
    const group = telegram.createGroup({ title: 'Others' });
    group.agent('Ada');
    const elsewhere = { ...replyTo, chat, quote: 'three' };
    await page.act({ type: 'write', chat: String(group.id), as, text: 'd', replyTo: elsewhere });

    const reply = { chat, messageId: question.message_id, sender: { name: 'Ada' } };
    expect(await page.waitForMessage(({ text }) => text?.text === 'a')).toMatchObject({
      topicId: 1,
      reply: { ...reply, excerpt: 'One two three', isExternal: false },
    });
    expect(await page.waitForMessage(({ text }) => text?.text === 'b')).toMatchObject({
      reply: { ...reply, quote: { text: 'two', entities: [] }, isExternal: false },
    });
    expect(await page.waitForMessage(({ text }) => text?.text === 'c')).toMatchObject({
      topicId: topic.id,
      reply: { ...reply, quote: { text: 'One two three' }, isExternal: true },
    });
    expect(await page.waitForMessage(({ text }) => text?.text === 'd')).toMatchObject({
      chat: String(group.id),
      reply: { ...reply, quote: { text: 'three' }, isExternal: true },
    });
  });

  it('edit, react, pin and delete', async () => {
    const { message_id: messageId } = ada.write('Hi');
    const on = { chat, as, messageId } as const;
    await page.act({ ...on, type: 'edit', text: 'Hello' });
    await page.act({ ...on, type: 'react', emoji: ['👍'] });
    await page.act({ ...on, type: 'pin' });
    expect(forum.messages[0]?.text).toBe('Hello');
    expect(forum.pinned).toEqual([messageId]);
    const { messages } = await page.open();
    expect(messages[0]?.reactions).toEqual([
      { emoji: ['👍'], by: { id: ada.user.id, name: 'Ada' } },
    ]);
    expect(messages[1]?.service).toBe('Ada pinned "Hello"');
    await page.act({ ...on, type: 'react', emoji: [] });
    await page.waitForMessage(({ id, reactions }) => id === messageId && reactions.length === 0);
    await page.act({ ...on, type: 'delete' });
    await page.waitFor('messageDeleted', (change) => change.messageId === messageId);
  });

  it('send polls, places and contacts, and forward', async () => {
    await page.open();
    const to = { chat, as } as const;
    await page.act({ ...to, type: 'sendPoll', question: 'Which day?', options: ['Mon', 'Tue'] });
    await page.act({ ...to, type: 'sendLocation', latitude: 52.5, longitude: 13.4 });
    await page.act({ ...to, type: 'sendContact', name: 'Carol', phoneNumber: '+15550100' });
    const privateChat = telegram.createPrivateChat('Bob');
    const { message_id: messageId } = privateChat.agent('Bob').write('From me');
    const from = { chat: `${privateChat.id}@${telegram.bot.id}`, messageId };
    await page.act({ ...to, type: 'forward', from });

    const contents = forum.messages.map(({ message_id: id }) =>
      page.waitForMessage((message) => message.chat === chat && message.id === id),
    );
    expect(await Promise.all(contents)).toMatchObject([
      {
        content: {
          kind: 'poll',
          question: 'Which day?',
          options: [
            { text: 'Mon', votes: 0 },
            { text: 'Tue', votes: 0 },
          ],
        },
      },
      { content: { kind: 'location', latitude: 52.5, longitude: 13.4 } },
      { content: { kind: 'contact', name: 'Carol', phoneNumber: '+15550100' } },
      { text: { text: 'From me' }, forward: { name: 'Bob' }, sender: { name: 'Ada' } },
    ]);
  });

  it('press a button, and see the answer', async () => {
    await page.open();
    const inline_keyboard = [
      [
        { text: 'Yes', callback_data: 'y', style: 'success' },
        { text: 'Docs', url: 'https://example.com' },
      ],
      [{ text: 'Copy', copy_text: { text: '42' } }],
    ];
    await bot.call('sendMessage', {
      chat_id: forum.id,
      text: 'Done?',
      reply_markup: { inline_keyboard },
    });
    const { id, buttons } = await page.waitForMessage(({ text }) => text?.text === 'Done?');
    expect(buttons).toEqual([
      [
        { text: 'Yes', kind: 'callback', value: 'y', style: 'success' },
        { text: 'Docs', kind: 'url', value: 'https://example.com' },
      ],
      [{ text: 'Copy', kind: 'copy', value: '42' }],
    ]);
    const { pressId } = await page.act({ type: 'press', chat, as, messageId: id, button: 'Yes' });
    await bot.call('answerCallbackQuery', {
      callback_query_id: pressId,
      text: 'Noted',
      show_alert: true,
    });
    expect(await page.waitFor('buttonAnswer')).toEqual({
      type: 'buttonAnswer',
      pressId,
      person: ada.user.id,
      text: 'Noted',
      isAlert: true,
    });
  });

  it('show the keyboard of the bot', async () => {
    await page.open();
    const reply_markup = { keyboard: [['Yes', { text: 'No' }]], one_time_keyboard: true };
    await bot.call('sendMessage', { chat_id: forum.id, text: 'Done?', reply_markup });
    expect(await page.waitForMessage(({ text }) => text?.text === 'Done?')).toMatchObject({
      replyKeyboard: { kind: 'keyboard', rows: [['Yes', 'No']], isOneTime: true },
    });
  });

  it('change topics', async () => {
    const topicId = ada.createTopic('Order').id;
    const on = { chat, as, topicId } as const;
    await page.act({ ...on, type: 'renameTopic', name: 'Parcel' });
    await page.act({ ...on, type: 'changeTopicIcon', icon: '✅' });
    await page.act({ ...on, type: 'closeTopic' });
    expect(forum.topics).toMatchObject([{ name: 'Parcel', icon: '✅', isClosed: true }]);
    await page.act({ ...on, type: 'reopenTopic' });
    expect(forum.topics).toMatchObject([{ isClosed: false }]);
    await page.act({ ...on, type: 'deleteTopic' });
    expect(forum.topics).toEqual([]);
  });

  it('act as an anonymous administrator and as a channel', async () => {
    await page.open();
    await page.act({ type: 'write', chat, as: { ...as, anonymousTitle: 'Boss' }, text: 'a' });
    await page.act({ type: 'write', chat, as: { ...as, anonymousTitle: '' }, text: 'b' });
    await page.act({ type: 'write', chat, as: { ...as, channel: 'News' }, text: 'c' });
    const senders = ['a', 'b', 'c'].map(
      async (said) => (await page.waitForMessage(({ text }) => text?.text === said)).sender,
    );
    expect(await Promise.all(senders)).toMatchObject([
      { kind: 'anonymous', id: forum.id, name: 'Team', signature: 'Boss' },
      { kind: 'anonymous', id: forum.id, name: 'Team' },
      { kind: 'channel', name: 'News' },
    ]);
    const bob = { person: forum.agent('Bob').user.id, anonymousTitle: '' };
    expect(await page.refusal({ type: 'write', chat, as: bob, text: 'd' })).toBe(
      `Bob is no administrator of chat ${forum.id}, and only those are anonymous`,
    );
  });

  it('come, go and are new', async () => {
    const { person = 0 } = await page.act({ type: 'newPerson', name: 'Bob', chat });
    await page.act({ type: 'write', chat, as: { person }, text: 'Here I am' });
    await page.act({ type: 'leave', chat, as: { person } });
    expect(await page.refusal({ type: 'write', chat, as: { person }, text: 'x' })).toBe(
      `Bob is not in chat ${forum.id} any more`,
    );
    await page.act({ type: 'setMember', chat, person, status: 'administrator' });
    await page.act({ type: 'createTopic', chat, as: { person }, name: 'Mine' });
    await page.act({ type: 'setMember', chat, person, status: 'restricted' });
    expect(await page.refusal({ type: 'write', chat, as: { person }, text: 'x' })).toBe(
      `Bob is restricted and cannot write in chat ${forum.id}`,
    );
    await page.act({ type: 'setMember', chat, person, status: 'member' });
    await page.act({ type: 'setMember', chat, person, status: 'kicked' });
    expect(await page.refusal({ type: 'newPerson', name: 'Bob', chat })).toBe(
      `Bob is banned from chat ${forum.id}`,
    );
  });

  it.each([
    ['private', 'private'],
    ['group', 'group'],
    ['supergroup', 'supergroup'],
    ['forum', 'supergroup'],
    ['channel', 'channel'],
  ] as const)('create a %s', async (kind, type) => {
    const { chat: key = '' } = await page.act({ type: 'newChat', kind, name: 'New one' });
    const { chats, topics } = await page.open();
    expect(chats.find((one) => one.key === key)).toMatchObject({ type, title: 'New one' });
    expect(topics.some((topic) => topic.chat === key)).toBe(kind === 'forum');
  });

  it('have a private chat with each bot', async () => {
    await telegram.stop();
    telegram = await BotApiEmulator.start({ page: true, bots: [{}, { username: 'other_bot' }] });
    page = new PageClient(telegram);
    const keys: string[] = [];
    for (const { id } of telegram.bots) {
      const action = { type: 'newChat', kind: 'private', name: 'Bob', bot: id } as const;
      const { chat: key = '' } = await page.act(action);
      keys.push(key);
    }
    const { people } = await page.open();
    const person = people.find(({ name }) => name === 'Bob')?.id ?? 0;
    await page.act({ type: 'write', chat: keys[1] ?? '', as: { person }, text: '/start' });
    expect(telegram.bots.map(({ pendingUpdates }) => pendingUpdates)).toEqual([0, 1]);
    expect(new Set(keys).size).toBe(2);
  });

  it('are refused with the words of what cannot happen', async () => {
    const bob = { person: forum.agent('Bob').user.id };
    const { message_id: messageId } = ada.write('Hi');
    const topicId = ada.createTopic('Order').id;
    ada.closeTopic(topicId);
    const key = `${telegram.createPrivateChat('Carol').id}@${telegram.bot.id}`;
    const refusals = [
      { type: 'edit', chat, as: bob, messageId, text: 'x' },
      { type: 'delete', chat, as: bob, messageId },
      { type: 'write', chat, as: bob, topicId, text: 'x' },
      { type: 'write', chat: key, as: bob, text: 'x' },
      { type: 'write', chat: '-1', as: bob, text: 'x' },
      { type: 'write', chat, as: { person: 1 }, text: 'x' },
      { type: 'write', chat, as: bob, text: 'x', replyTo: { messageId: 99 } },
      { type: 'write', chat, as: bob, text: 'x', replyTo: { messageId, quote: 'no' } },
      { type: 'write', chat, as: bob, text: ' ' },
      { type: 'react', chat, as: bob, messageId, emoji: ['🧀'] },
      { type: 'press', chat, as: bob, messageId, button: 'Yes' },
      { type: 'createTopic', chat, as, name: 'x', icon: 'x' },
      { type: 'newChat', kind: 'private', name: 'Carol' },
    ];
    const words: string[] = [];
    for (const action of refusals) words.push(await page.refusal(action));
    expect(words).toEqual([
      `Message ${messageId} is not by Bob`,
      'Bob may delete own messages only',
      'Topic "Order" is closed for Bob',
      'Only Carol writes in this private chat',
      'There is no chat "-1"',
      'There is no person 1',
      `There is no message 99 in chat ${chat}`,
      `Message ${messageId} does not say "no"`,
      'text must not be empty',
      '"🧀" is no reaction that Telegram knows',
      `Message ${messageId} has no button "Yes". Its buttons: none`,
      '"x" is neither a free icon nor a custom emoji id',
      'The private chat of Carol exists already',
    ]);
  });
});
