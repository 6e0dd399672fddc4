import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

const START_SECONDS = 1_750_000_000;

describe('EmulatedAgent.react', () => {
  let telegram: BotApiEmulator;
  let bot: EmulatorClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(START_SECONDS * 1000) });
    bot = new EmulatorClient(telegram);
  });

  afterEach(() => telegram.stop());

  /** Lets the bot forget what has come until now. */
  async function writeFirst(chat: EmulatedChat): Promise<number> {
    const { message_id: messageId } = chat.agent('Ann', { status: 'administrator' }).write('first');
    await bot.updates();
    return messageId;
  }

  it('sends an update with the reactions before and after', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    await bot.allowAll();
    const messageId = await writeFirst(desk);
    const bob = desk.agent('Bob');
    bob.react(messageId, '👀');
    bob.react(messageId, ['👍', '🔥']);
    bob.react(messageId, []);
    const said = {
      chat: { id: desk.id, title: 'Desk', type: 'supergroup' },
      message_id: messageId,
      user: bob.user,
      date: START_SECONDS,
    };
    const eyes = [{ type: 'emoji', emoji: '👀' }];
    const two = [
      { type: 'emoji', emoji: '👍' },
      { type: 'emoji', emoji: '🔥' },
    ];
    const updates = await bot.updates();
    expect(updates.map((update) => update.message_reaction)).toEqual([
      { ...said, old_reaction: [], new_reaction: eyes },
      { ...said, old_reaction: eyes, new_reaction: two },
      { ...said, old_reaction: two, new_reaction: [] },
    ]);
  });

  it('sends no update when nothing changes', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    await bot.allowAll();
    const messageId = await writeFirst(desk);
    desk.agent('Bob').react(messageId, []);
    desk.agent('Bob').react(messageId, '👍');
    desk.agent('Bob').react(messageId, ['👍']);
    expect(await bot.kinds()).toEqual(['message_reaction']);
  });

  it.each<[string, 'administrator' | 'member', boolean, string[]]>([
    ['an administrator that asked for it', 'administrator', true, ['message_reaction']],
    ['an administrator that did not ask', 'administrator', false, []],
    ['a member that asked for it', 'member', true, []],
  ])('sends %s an update only if it may get one', async (_whom, botStatus, isAsked, kinds) => {
    const desk = telegram.createSupergroup({ title: 'Desk', botStatus });
    if (isAsked) await bot.allowAll();
    const messageId = await writeFirst(desk);
    desk.agent('Bob').react(messageId, '👍');
    expect(await bot.kinds()).toEqual(kinds);
  });

  it('in a topic does not say which one', async () => {
    const forum = telegram.createForum({ title: 'Forum' });
    const bob = forum.agent('Bob');
    const message = bob.inTopic(bob.createTopic('Parcels')).write('first');
    await bot.allowAll();
    await bot.updates();
    bob.react(message, '👌');
    const [update] = await bot.updates();
    expect(update?.message_reaction).toMatchObject({ message_id: message.message_id });
    expect(update?.message_reaction).not.toHaveProperty('message_thread_id');
  });

  it('may be a custom emoji', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    const messageId = await writeFirst(desk);
    await bot.allowAll();
    desk.agent('Bob').react(messageId, ['👍', '5368324170671202286']);
    const [update] = await bot.updates();
    expect(update?.message_reaction?.new_reaction).toEqual([
      { type: 'emoji', emoji: '👍' },
      { type: 'custom_emoji', custom_emoji_id: '5368324170671202286' },
    ]);
  });

  it('is refused where the chat does not allow it', () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    const { message_id: messageId } = desk.agent('Ann').write('first');
    desk.allowReactions(['🔥']);
    expect(() => desk.agent('Bob').react(messageId, '👍')).toThrow(
      `Chat ${desk.id} does not allow 👍`,
    );
    expect(() => desk.agent('Bob').react(messageId, '🔥')).not.toThrow();
    desk.allowReactions([]);
    expect(() => desk.agent('Bob').react(messageId, [])).not.toThrow();
  });

  it('sends no update in a private chat', async () => {
    const chat = telegram.createPrivateChat('Cleo');
    await bot.allowAll();
    const { message_id: messageId } = chat.agent('Cleo').write('first');
    await bot.updates();
    chat.agent('Cleo').react(messageId, '👍');
    expect(await bot.kinds()).toEqual([]);
  });

  it.each<[string, (chat: EmulatedChat, messageId: number) => void, string]>([
    [
      'an anonymous administrator',
      (chat, messageId) => chat.agent('Bob').anonymously().react(messageId, '👍'),
      'Desk',
    ],
    [
      'a channel',
      (chat, messageId) => chat.agent('Bob').asChannel('News').react(messageId, '👍'),
      'News',
    ],
  ])('by %s names the chat instead of the user', async (_who, react, title) => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    await bot.allowAll();
    react(desk, await writeFirst(desk));
    const [update] = await bot.updates();
    expect(update).toMatchObject({ message_reaction: { actor_chat: { title } } });
    expect(update).not.toHaveProperty('message_reaction.user');
  });

  it('sends no update when a bot reacts', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    await bot.allowAll();
    const messageId = await writeFirst(desk);
    desk.agent('Other bot', { isBot: true }).react(messageId, '👍');
    expect(await bot.kinds()).toEqual([]);
  });

  it('in a channel is counted, with nobody named', async () => {
    const channel = telegram.createChannel({ title: 'News' });
    await bot.allowAll();
    const messageId = await writeFirst(channel);
    for (const [name, emoji] of [
      ['Bob', '👍'],
      ['Cleo', '🔥'],
      ['Dan', '👍'],
    ] as const) {
      channel.agent(name).react(messageId, emoji);
    }
    channel.agent('Cleo').react(messageId, []);
    const updates = await bot.updates();
    expect(updates.map((update) => update.message_reaction_count?.reactions)).toMatchObject([
      [{ type: { emoji: '👍' }, total_count: 1 }],
      [{ total_count: 1 }, { type: { emoji: '🔥' }, total_count: 1 }],
      [{ type: { emoji: '👍' }, total_count: 2 }, { total_count: 1 }],
      [{ type: { emoji: '👍' }, total_count: 2 }],
    ]);
    expect(updates.at(-1)).toEqual({
      update_id: expect.any(Number),
      message_reaction_count: {
        chat: { id: channel.id, title: 'News', type: 'channel' },
        message_id: messageId,
        date: START_SECONDS,
        reactions: [{ type: { type: 'emoji', emoji: '👍' }, total_count: 2 }],
      },
    });
  });

  it('is not one of those of bots', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    const messageId = await writeFirst(desk);
    desk.agent('Bob').react(messageId, '👍');
    expect(desk.reactionsOn(messageId)).toEqual([]);
    await bot.call('setMessageReaction', {
      chat_id: desk.id,
      message_id: messageId,
      reaction: [{ type: 'emoji', emoji: '👀' }],
    });
    expect(desk.reactionsOn(messageId)).toEqual(['👀']);
  });

  it('takes what Telegram knows, where members may react', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    const messageId = await writeFirst(desk);
    const bob = desk.agent('Bob');
    expect(() => bob.react(messageId, '🦖')).toThrow('"🦖" is no reaction that Telegram knows');
    expect(() => bob.react(99, '👍')).toThrow('There is no message 99');
    desk.setPermissions({ can_react_to_messages: false });
    expect(() => bob.react(messageId, '👍')).toThrow('Bob may not react');
    expect(() => desk.agent('Ann').react(messageId, '👍')).not.toThrow();
  });
});
