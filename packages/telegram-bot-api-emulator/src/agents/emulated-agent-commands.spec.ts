import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';
import type { EmulatedAgent } from './emulated-agent.js';

const CLAIM = { command: 'claim', description: 'Claims', is_ephemeral: true };
const HELP = { command: 'help', description: 'Helps' };

describe('EmulatedAgent.command', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;
  let other: EmulatorClient;
  let desk: EmulatedChat;
  let ada: EmulatedAgent;

  beforeEach(async () => {
    const clock = new VirtualClock(1_750_000_000_000);
    telegram = await BotApiEmulator.start({ clock, bots: [{}, {}] });
    const [, second = telegram.bot] = telegram.bots;
    bot = new EmulatorClient(telegram);
    other = new EmulatorClient(telegram, second);
    desk = telegram.createForum({ title: 'Desk' });
    desk.setBotStatus('administrator', second);
    ada = desk.agent('Ada', { status: 'administrator' });
    await bot.call('setMyCommands', {
      commands: [CLAIM, HELP],
      scope: { type: 'chat', chat_id: desk.id },
    });
    await bot.updates();
    await other.updates();
  });

  afterEach(async () => {
    telegram.assertConformant();
    await telegram.stop();
  });

  it('sends an ephemeral command to its bot alone, without the id of the topic', async () => {
    const topic = ada.createTopic('Parcels');
    const root = desk.messages.at(-1);
    await bot.updates();
    await other.updates();
    const sent = ada.inTopic(topic).command('/claim now');
    expect(await bot.updates()).toEqual([
      {
        update_id: expect.any(Number),
        message: {
          message_id: 0,
          from: ada.user,
          receiver_user: expect.objectContaining({ id: telegram.bot.id }),
          ephemeral_message_id: 1,
          chat: sent.chat,
          date: 1_750_000_000,
          reply_to_message: root,
          text: '/claim now',
          entities: [{ type: 'bot_command', offset: 0, length: 6 }],
        },
      },
    ]);
    expect(root).toMatchObject({ message_thread_id: topic.id, is_topic_message: true });
    expect(await other.updates()).toEqual([]);
    expect(desk.messages.at(-1)).toEqual(root);
    expect(ada.ephemeralMessages).toEqual([sent]);
  });

  it('replies to an ordinary message by an ephemeral command', async () => {
    const topic = ada.createTopic('Parcels');
    const written = ada.inTopic(topic).write('Where is it?');
    await bot.updates();
    ada.command('/claim', { replyTo: written });
    const [update] = await bot.updates();
    expect(update?.message).toMatchObject({
      message_id: 0,
      reply_to_message: { message_id: written.message_id, message_thread_id: topic.id },
    });
    expect(update?.message).not.toHaveProperty('message_thread_id');
  });

  it('sends every other command to all, as a message', async () => {
    const sent = ada.command('/help@support_desk_bot');
    expect(desk.messages.at(-1)).toEqual(sent);
    expect(sent).toMatchObject({
      message_id: 3,
      entities: [{ type: 'bot_command', offset: 0, length: 22 }],
    });
    expect((await bot.updates())[0]?.message).toEqual(sent);
  });

  it('sends a command that a bot has made ephemeral elsewhere as a message', () => {
    expect(
      telegram.createSupergroup({ title: 'Elsewhere' }).agent('Ada').command('/claim'),
    ).toMatchObject({
      message_id: 1,
    });
  });

  it('is ephemeral for the bot that it names', async () => {
    await other.call('setMyCommands', { commands: [{ ...CLAIM, is_ephemeral: false }] });
    expect(ada.command('/claim@support_desk_bot').message_id).toBe(0);
    expect(ada.command('/claim@Support_Desk2_Bot').message_id).toBeGreaterThan(0);
    expect(ada.commands(telegram.bots[1]?.id)).toEqual([
      { command: 'claim', description: 'Claims' },
    ]);
    expect(ada.commands()).toEqual([CLAIM, HELP]);
  });

  it('is by the person, where an anonymous administrator sends it', () => {
    expect(ada.anonymously().command('/claim')).toMatchObject({ from: ada.user, message_id: 0 });
  });

  it('is an ordinary message in private chats', async () => {
    const chat = telegram.createPrivateChat('Ann');
    await bot.call('setMyCommands', { commands: [CLAIM] });
    expect(chat.agent('Ann').command('/claim').message_id).toBeGreaterThan(0);
  });

  it.each(['claim', '/', '/claim,now'])('is nothing that is no command: %s', (text) => {
    expect(() => ada.command(text)).toThrow(`"${text}" is no command`);
  });
});
