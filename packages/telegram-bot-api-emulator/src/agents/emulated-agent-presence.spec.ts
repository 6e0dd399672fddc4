import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedAgent } from './emulated-agent.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

/** What somebody may do in a chat, with a message of the bot that has a button. */
type Deed = (agent: EmulatedAgent, chat: EmulatedChat, botMessageId: number) => unknown;

const DEEDS: ReadonlyArray<readonly [string, Deed]> = [
  ['write', (agent) => agent.write('x')],
  ['reply', (agent, _chat, messageId) => agent.reply(messageId, 'x')],
  ['send a photo', (agent) => agent.sendPhoto()],
  ['send a file', (agent) => agent.sendFile('voice')],
  ['send an album', (agent) => agent.sendAlbum([{}, {}])],
  ['forward', (agent, chat, messageId) => agent.forward(find(chat, messageId))],
  ['edit', (agent, chat) => agent.edit(find(chat, 2), 'x')],
  ['delete', (agent, chat) => agent.delete(find(chat, 2))],
  ['react', (agent, _chat, messageId) => agent.react(messageId, '👍')],
  ['press', (agent, _chat, messageId) => agent.press(messageId, 'Take')],
  ['pin', (agent, _chat, messageId) => agent.pin(messageId)],
  ['leave', (agent) => agent.leave()],
];

/** Only who may write may do these. */
const WRITING = new Set([
  'write',
  'reply',
  'send a photo',
  'send a file',
  'send an album',
  'forward',
]);

describe('An agent who', () => {
  let telegram: BotApiEmulator;
  let bot: EmulatorClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    bot = new EmulatorClient(telegram);
  });

  afterEach(() => telegram.stop());

  /** Lets the bot write message 1, with a button, and Ann message 2. */
  async function fill(chat: EmulatedChat, name = 'Ann'): Promise<EmulatedAgent> {
    await bot.call('sendMessage', {
      chat_id: chat.id,
      text: 'A question',
      reply_markup: { inline_keyboard: [[{ text: 'Take', callback_data: 'take' }]] },
    });
    const ann = chat.agent(name);
    ann.write('mine');
    await bot.updates();
    return ann;
  }

  describe.each<[string, (chat: EmulatedChat) => void, (chat: EmulatedChat) => string]>([
    ['has left', (chat) => chat.agent('Ann').leave(), (chat) => `Ann is not in chat ${chat.id}`],
    ['was kicked', (chat) => chat.kick('Ann'), (chat) => `Ann is not in chat ${chat.id}`],
    ['was banned', (chat) => chat.ban('Ann'), (chat) => `Ann is not in chat ${chat.id}`],
    [
      'is in a group that migrated',
      (chat) => void chat.upgrade(),
      () => 'has become supergroup -100',
    ],
    [
      'is in a group that was deleted',
      (chat) => chat.destroy(),
      (chat) => `Chat ${chat.id} is gone`,
    ],
  ])('%s', (_what, happen, problemOf) => {
    it.each(DEEDS)('cannot %s', async (_deed, act) => {
      const group = telegram.createGroup({ title: 'Group' });
      const ann = await fill(group);
      happen(group);
      await bot.updates();
      const before = group.messages;
      expect(() => act(ann, group, 1)).toThrow(problemOf(group));
      expect(group.messages).toEqual(before);
      expect(await bot.updates()).toEqual([]);
    });
  });

  describe.each<[string, (chat: EmulatedChat) => void, (chat: EmulatedChat) => string]>([
    ['has blocked the bot', (chat) => chat.setBotStatus('kicked'), () => 'Ann has blocked the bot'],
    ['has deleted the account', (chat) => chat.destroy(), (chat) => `Chat ${chat.id} is gone`],
  ])('%s', (_what, happen, problemOf) => {
    it.each(DEEDS)('cannot %s', async (_deed, act) => {
      const chat = telegram.createPrivateChat('Ann');
      const ann = await fill(chat);
      happen(chat);
      await bot.updates();
      expect(() => act(ann, chat, 1)).toThrow(problemOf(chat));
      expect(await bot.updates()).toEqual([]);
    });
  });

  describe.each<[string, string, (chat: EmulatedChat) => void, string]>([
    ['is restricted', 'Ann', (chat) => chat.restrict('Ann'), 'Ann is restricted and cannot write'],
    ['may send nothing, as no member may', 'Ann', forbidSending, 'Members may not send'],
  ])('%s', (_what, name, happen, problem) => {
    it.each(DEEDS.filter(([deed]) => WRITING.has(deed)))('cannot %s', async (_deed, act) => {
      const chat = telegram.createSupergroup({ title: 'Desk' });
      const agent = await fill(chat, name);
      happen(chat);
      await bot.updates();
      expect(() => act(agent, chat, 1)).toThrow(problem);
      expect(chat.messages).toHaveLength(2);
    });

    it('may edit, delete, press and leave', async () => {
      const chat = telegram.createSupergroup({ title: 'Desk' });
      const agent = await fill(chat, name);
      happen(chat);
      await bot.updates();
      agent.edit(2, 'changed');
      agent.press(1, 'Take');
      agent.delete(2);
      agent.leave();
      expect(await bot.kinds()).toEqual(['edited_message', 'callback_query', 'message']);
    });
  });

  it('is restricted cannot react, pin or create topics', async () => {
    const forum = telegram.createForum({ title: 'Forum' });
    const ann = await fill(forum);
    forum.restrict('Ann');
    const { message_id } = forum.agent('Bob').write('x');
    expect(() => ann.react(message_id, '👍')).toThrow(`Ann may not react in chat ${forum.id}`);
    expect(() => ann.pin(message_id)).toThrow('Ann may not pin messages');
    expect(() => ann.createTopic('T')).toThrow('Ann may not create topics');
  });

  it('is an administrator may send what members may not', async () => {
    const chat = telegram.createSupergroup({ title: 'Desk' });
    forbidSending(chat);
    const boss = chat.agent('Boss', { status: 'administrator' });
    expect(boss.write('x')).toMatchObject({ text: 'x' });
    chat.setPermissions({ can_send_messages: true });
    expect(chat.agent('Ann').write('x')).toMatchObject({ text: 'x' });
    expect(() => chat.agent('Ann').sendPhoto()).toThrow('Members may not send photos');
  });

  describe('reads a channel', () => {
    it.each(DEEDS.filter(([deed]) => WRITING.has(deed)))('cannot %s there', async (_deed, act) => {
      const channel = telegram.createChannel({ title: 'News' });
      channel.agent('Boss', { status: 'administrator' });
      await fill(channel, 'Boss');
      expect(() => act(channel.agent('Ann'), channel, 1)).toThrow(
        `Ann is no administrator of channel ${channel.id}`,
      );
    });

    it('cannot write as an administrator without the right', () => {
      const channel = telegram.createChannel({ title: 'News' });
      channel.promote('Ann', { can_post_messages: false, can_edit_messages: false });
      expect(() => channel.agent('Ann').write('x')).toThrow('Ann is no administrator of channel');
      channel.promote('Ann', { can_post_messages: true });
      const post = channel.agent('Ann').write('x');
      expect(() => channel.agent('Ann').pin(post)).toThrow('Ann may not pin messages');
    });
  });

  it('is in a private chat cannot leave it', () => {
    const ann = telegram.createPrivateChat('Ann').agent('Ann');
    expect(() => ann.leave()).toThrow('Nobody can leave a private chat');
  });

  it('comes back may write again', () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    const ann = desk.agent('Ann');
    ann.leave();
    expect(desk.join('Ann')).toBe(ann);
    expect(ann.write('again')).toMatchObject({ text: 'again' });
  });
});

function forbidSending(chat: EmulatedChat): void {
  chat.setPermissions({
    can_send_messages: false,
    can_send_photos: false,
    can_send_voice_notes: false,
  });
}

function find(chat: EmulatedChat, messageId: number) {
  const message = chat.messages.find(({ message_id }) => message_id === messageId);
  if (!message) throw new Error(`No message ${messageId} in the test's chat`);
  return message;
}
