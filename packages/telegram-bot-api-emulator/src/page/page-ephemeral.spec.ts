import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { PageClient } from '../../test/support/page-client.js';
import type { EmulatedAgent } from '../agents/emulated-agent.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';
import type { PageActor } from './page-action.interface.js';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

describe('Ephemeral messages of the page', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;
  let page: PageClient;
  let forum: EmulatedChat;
  let ada: EmulatedAgent;
  let bob: EmulatedAgent;
  let chat: string;
  let as: PageActor;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(), page: true });
    bot = new EmulatorClient(telegram);
    page = new PageClient(telegram);
    forum = telegram.createForum({ title: 'Team' });
    ada = forum.agent('Ada', { status: 'administrator' });
    bob = forum.agent('Bob');
    chat = String(forum.id);
    as = { person: ada.user.id };
  });

  afterEach(async () => {
    telegram.assertConformant();
    page.close();
    await telegram.stop();
  });

  const tell = (agent: EmulatedAgent, text: string, more: object = {}): Promise<unknown> =>
    bot.call('sendMessage', {
      chat_id: forum.id,
      text,
      ephemeral_message_parameters: { receiver_user_id: agent.user.id },
      ...more,
    });
  const isGone = (messageId: number): Promise<unknown> =>
    page.waitFor('messageDeleted', (change) => change.messageId === messageId);

  it('are in a snapshot, with who sees them, where and in which topic', async () => {
    const topic = ada.createTopic('Order');
    await tell(ada, 'For Ada', { message_thread_id: topic.id });
    const { message_id: last } = ada.write('Hi');
    await tell(bob, 'For Bob');
    const { messages } = await page.open();
    expect(messages.slice(2)).toEqual([
      {
        chat,
        id: -1,
        ephemeral: { person: ada.user.id, after: topic.id, order: 0 },
        topicId: topic.id,
        sender: { kind: 'bot', id: telegram.bot.id, name: 'Support Desk' },
        sentAt: expect.any(Number),
        text: { text: 'For Ada', entities: [] },
        reactions: [],
      },
      expect.objectContaining({
        id: -2,
        ephemeral: { person: bob.user.id, after: last, order: 1 },
        topicId: 1,
      }),
    ]);
  });

  it('are told one by one, and the chat is not told again', async () => {
    await page.open();
    await tell(ada, 'Before');
    await page.waitForMessage(({ id, text }) => id === -1 && text?.text === 'Before');
    await bot.call('editEphemeralMessageText', {
      chat_id: forum.id,
      receiver_user_id: ada.user.id,
      ephemeral_message_id: 1,
      text: 'After',
    });
    await page.waitForMessage(({ id, text }) => id === -1 && text?.text === 'After');
    expect(page.changes.filter(({ type }) => type === 'chat')).toEqual([]);
  });

  it.each<[string, () => unknown]>([
    [
      'the bot deletes them',
      () =>
        bot.call('deleteEphemeralMessage', {
          chat_id: forum.id,
          receiver_user_id: ada.user.id,
          ephemeral_message_id: 1,
        }),
    ],
    ['their person dismisses them', () => page.act({ type: 'dismiss', chat, as, messageId: -1 })],
    ['their person restarts the app', () => ada.restartApp()],
    ['they expire', () => forum.expireEphemeralMessages()],
    ['a week is over', () => telegram.clock.advance(WEEK_MS)],
  ])('are gone when %s', async (_how, happen) => {
    await tell(ada, 'Secret');
    await page.open();
    await happen();
    await isGone(-1);
    page.close();
    expect((await page.open()).messages).toEqual([]);
  });

  it('never come while the app of their person is closed', async () => {
    await page.open();
    ada.closeApp();
    await tell(ada, 'Missed');
    await isGone(-1);
    expect(page.changes.filter(({ type }) => type === 'message')).toEqual([]);
  });

  it('are still edited by the bot when they were dismissed', async () => {
    await tell(ada, 'Secret');
    await page.act({ type: 'dismiss', chat, as, messageId: -1 });
    const edit = { chat_id: forum.id, receiver_user_id: ada.user.id, ephemeral_message_id: 1 };
    expect(await bot.call('editEphemeralMessageText', { ...edit, text: 'x' })).toMatchObject({
      ok: true,
    });
    expect(ada.ephemeralMessages).toEqual([]);
  });

  it('have buttons that are pressed, and may replace the message of the button', async () => {
    await page.open();
    const topic = ada.createTopic('Order');
    const reply_markup = { inline_keyboard: [[{ text: 'Claim', callback_data: 'c' }]] };
    const place = { chat_id: forum.id, message_thread_id: topic.id };
    await bot.call('sendMessage', { ...place, text: 'New', reply_markup });
    const { id } = await page.waitForMessage(({ text }) => text?.text === 'New');
    const { pressId } = await page.act({ type: 'press', chat, as, messageId: id, button: 'Claim' });
    const ephemeral_message_parameters = {
      receiver_user_id: ada.user.id,
      callback_query_id: pressId,
      replace_callback_query_message: true,
    };
    await tell(ada, 'Sure?', { ephemeral_message_parameters, reply_markup });
    expect(await page.waitForMessage(({ text }) => text?.text === 'Sure?')).toMatchObject({
      id: -1,
      topicId: topic.id,
      ephemeral: { person: ada.user.id, replaces: id },
      buttons: [[{ text: 'Claim', kind: 'callback' }]],
    });
    const pressed = { type: 'press', chat, as, messageId: -1, button: 'Claim' } as const;
    const { pressId: again } = await page.act(pressed);
    await bot.call('answerCallbackQuery', { callback_query_id: again, text: 'Yours' });
    await page.waitFor('buttonAnswer', ({ text }) => text === 'Yours');
  });

  it('show disabled buttons as such that do nothing, as ordinary messages do', async () => {
    await page.open();
    const reply_markup = { inline_keyboard: [[{ text: 'Taken', disabled: {} }]] };
    await tell(ada, 'Secret', { reply_markup });
    await bot.call('sendMessage', { chat_id: forum.id, text: 'For all', reply_markup });
    for (const said of ['Secret', 'For all']) {
      const { id, buttons } = await page.waitForMessage(({ text }) => text?.text === said);
      expect(buttons).toEqual([[{ text: 'Taken', kind: 'other' }]]);
      const press = { type: 'press', chat, as, messageId: id, button: 'Taken' };
      expect(await page.refusal(press)).toBe('Button "Taken" is disabled');
    }
  });

  it('are replied to in their topic, which the bot alone learns', async () => {
    await page.open();
    const topic = ada.createTopic('Order');
    await tell(ada, 'Which?', { message_thread_id: topic.id });
    await bot.updates();
    const reply = { chat, as, replyTo: { messageId: -1 } };
    expect(await page.act({ ...reply, type: 'write', text: 'Blue' })).toEqual({
      ok: true,
      messageIds: [-2],
    });
    expect(await page.act({ ...reply, type: 'sendLocation', latitude: 1, longitude: 2 })).toEqual({
      ok: true,
      messageIds: [-3],
    });
    const quoted = { chat, messageId: -1, excerpt: 'Which?', isExternal: false };
    for (const messageId of [-2, -3]) {
      expect(await page.waitForMessage(({ id }) => id === messageId)).toMatchObject({
        topicId: topic.id,
        ephemeral: { person: ada.user.id },
        sender: { kind: 'person', id: ada.user.id },
        reply: quoted,
      });
    }
    expect(await bot.updates()).toMatchObject([
      { message: { message_id: 0, text: 'Blue' } },
      { message: { message_id: 0, location: {} } },
    ]);
    expect(forum.messages).toHaveLength(1);
  });

  it('are sent by commands that their bot has declared as ephemeral', async () => {
    const commands = [
      { command: 'claim', description: 'Takes it', is_ephemeral: true },
      { command: 'help', description: 'Helps' },
    ];
    await bot.call('setMyCommands', { commands });
    const topicId = ada.createTopic('Order').id;
    await page.open();
    await page.act({ type: 'write', chat, as, topicId, text: '/claim now' });
    await page.act({ type: 'write', chat, as, topicId, text: '/help' });
    expect(await page.waitForMessage(({ text }) => text?.text === '/claim now')).toMatchObject({
      id: -1,
      topicId,
      ephemeral: { person: ada.user.id },
    });
    const claim = await page.waitForMessage(({ text }) => text?.text === '/claim now');
    expect(claim.reply).toBeUndefined();
    const help = await page.waitForMessage(({ text }) => text?.text === '/help');
    expect(help.ephemeral).toBeUndefined();
  });

  it('are refused to everybody else, and for what nobody does with them', async () => {
    await tell(ada, 'Secret');
    const other = telegram.createGroup({ title: 'Others' });
    other.agent('Ada');
    const on = { chat, as, messageId: -1 };
    const refusals = [
      { ...on, type: 'press', as: { person: bob.user.id }, button: 'x' },
      { ...on, type: 'dismiss', as: { person: bob.user.id } },
      { ...on, type: 'dismiss', messageId: -2 },
      { ...on, type: 'dismiss', messageId: ada.write('Hi').message_id },
      { ...on, type: 'react', emoji: ['👍'] },
      { ...on, type: 'edit', text: 'x' },
      { ...on, type: 'pin' },
      { type: 'forward', chat, as, from: { chat, messageId: -1 } },
      { type: 'write', chat, as, text: 'x', replyTo: { messageId: -1, quote: 'Secret' } },
      { type: 'write', chat: String(other.id), as, text: 'x', replyTo: { chat, messageId: -1 } },
    ];
    const words: string[] = [];
    for (const action of refusals) words.push(await page.refusal(action));
    const only = 'An ephemeral message can only be replied to, deleted, or have a button pressed';
    expect(words).toEqual([
      'Bob does not see ephemeral message 1 any more',
      'Bob does not see ephemeral message 1 any more',
      `There is no message -2 in chat ${chat}`,
      'Only an ephemeral message is dismissed; delete others',
      only,
      only,
      only,
      'An ephemeral message cannot be forwarded',
      'An ephemeral message is replied to in its own chat, and not quoted',
      'An ephemeral message is replied to in its own chat, and not quoted',
    ]);
  });
});
