import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';
import type { EmulatedAgent } from './emulated-agent.js';

const KEYBOARD = { inline_keyboard: [[{ text: 'Take over', callback_data: 'take:1' }]] };

describe('EmulatedAgent with ephemeral messages', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;
  let desk: EmulatedChat;
  let ada: EmulatedAgent;
  let bob: EmulatedAgent;

  beforeEach(async () => {
    const clock = new VirtualClock(1_750_000_000_000);
    telegram = await BotApiEmulator.start({ clock, bots: [{}, {}] });
    bot = new EmulatorClient(telegram);
    desk = telegram.createForum({ title: 'Desk' });
    ada = desk.agent('Ada', { status: 'administrator' });
    bob = desk.agent('Bob');
  });

  afterEach(async () => {
    telegram.assertConformant();
    await telegram.stop();
  });

  const tell = (agent: EmulatedAgent, text: string, params: object = {}): Promise<unknown> =>
    bot.call('sendMessage', {
      chat_id: desk.id,
      text,
      ephemeral_message_parameters: { receiver_user_id: agent.user.id },
      ...params,
    });

  it('are seen by the receiver only, and not among the messages of the chat', async () => {
    const waiting = ada.waitForEphemeralMessage(({ text }) => text === 'Bob is on it');
    await tell(ada, 'Bob is on it');
    const seen = await waiting;
    expect(ada.ephemeralMessages).toEqual([seen]);
    expect(seen).toMatchObject({ message_id: 0, receiver_user: ada.user, ephemeral_message_id: 1 });
    expect(bob.ephemeralMessages).toEqual([]);
    expect(desk.messages).toEqual([]);
    expect(await bot.updates()).toEqual([]);
  });

  it('are for the person, whoever the person writes as, and in every topic', async () => {
    await tell(ada, 'hi');
    expect(ada.anonymously().ephemeralMessages).toHaveLength(1);
    expect(ada.inTopic(ada.createTopic('Parcels')).ephemeralMessages).toHaveLength(1);
  });

  it('say what is seen when none comes', async () => {
    await tell(ada, 'hi');
    await expect(ada.waitForEphemeralMessage(({ text }) => text === 'x', 1)).rejects.toThrow(
      'No such ephemeral message came within 1 ms. The person sees:\n  1 Support Desk: "hi"',
    );
    await expect(bob.waitForEphemeralMessage(() => true, 1)).rejects.toThrow(
      'The person sees none.',
    );
  });

  it('stand in the timeline where they came', async () => {
    ada.write('one');
    await tell(ada, 'secret');
    ada.write('two');
    expect(textsFor(ada)).toEqual(['one', 'secret', 'two']);
    expect(textsFor(bob)).toEqual(['one', 'two']);
    const [one] = desk.messages;
    if (one) ada.delete(one);
    expect(textsFor(ada)).toEqual(['secret', 'two']);
  });

  it('can be replied to, which the bot alone learns, outside of the topic', async () => {
    await bot.updates();
    const topic = ada.createTopic('Parcels');
    await bot.updates();
    await tell(ada, 'Which?', { message_thread_id: topic.id });
    const [question] = ada.ephemeralMessages;
    if (!question) throw new Error('Ada sees nothing');
    const reply = ada.inTopic(topic).reply(question, 'The blue one');
    expect(await bot.updates()).toEqual([
      {
        update_id: expect.any(Number),
        message: {
          message_id: 0,
          from: ada.user,
          receiver_user: expect.objectContaining({ id: telegram.bot.id, is_bot: true }),
          ephemeral_message_id: 2,
          chat: reply.chat,
          date: 1_750_000_000,
          reply_to_message: { ...question, reply_to_message: undefined },
          text: 'The blue one',
        },
      },
    ]);
    expect(ada.ephemeralMessages).toEqual([question, reply]);
    expect(bob.ephemeralMessages).toEqual([]);
    expect(desk.messages).toHaveLength(1);
  });

  it('can be replied to with a file, but not with a poll or by an own reply', async () => {
    await tell(ada, 'Which?');
    const [question] = ada.ephemeralMessages;
    if (!question) throw new Error('Ada sees nothing');
    const photo = ada.sendPhoto({ replyTo: question, caption: 'this' });
    expect(photo).toMatchObject({ message_id: 0, caption: 'this', photo: expect.any(Array) });
    expect(() => ada.send('poll', {}, { replyTo: question })).toThrow(
      'Nobody sends polls in an ephemeral message',
    );
    expect(() => ada.reply(photo, 'x')).toThrow(
      'Nobody replies to an ephemeral message of their own',
    );
    desk.setBotStatus('left');
    expect(() => ada.reply(question, 'x')).toThrow('@support_desk_bot is not in chat');
  });

  it('have buttons, of whose presses the bot learns with the message_id 0', async () => {
    await tell(ada, 'Bob is on it', { reply_markup: KEYBOARD });
    const [note] = ada.ephemeralMessages;
    if (!note) throw new Error('Ada sees nothing');
    const press = ada.press(note, 'Take over');
    expect(await bot.updates()).toMatchObject([
      {
        callback_query: {
          id: press.id,
          from: ada.user,
          message: { message_id: 0, ephemeral_message_id: 1, date: 1_750_000_000 },
          chat_instance: '0',
          data: 'take:1',
        },
      },
    ]);
    await bot.call('answerCallbackQuery', { callback_query_id: press.id, text: 'Yours' });
    expect((await press.waitForAnswer()).text).toBe('Yours');
    expect(() => bob.press(note, 'Take over')).toThrow('Bob does not see ephemeral message 1');
  });

  it('are nothing to react on, edit, pin, quote or forward, but to delete', async () => {
    await tell(ada, 'hi');
    const [note] = ada.ephemeralMessages;
    if (!note) throw new Error('Ada sees nothing');
    const refusal = 'An ephemeral message can only be replied to, deleted, or have a button';
    expect(() => ada.react(note, '👍')).toThrow(refusal);
    expect(() => ada.edit(note, 'x')).toThrow(refusal);
    expect(() => ada.pin(note)).toThrow(refusal);
    expect(() => ada.quote(note, 'h', 'x')).toThrow(refusal);
    expect(() => ada.forward(note)).toThrow('An ephemeral message cannot be forwarded');
    ada.delete(note);
    expect(ada.ephemeralMessages).toEqual([]);
    await tell(bob, 'another');
    expect(bob.ephemeralMessages[0]?.ephemeral_message_id).toBe(1);
  });

  it('can be dismissed by whoever sees them, of which the bot learns nothing', async () => {
    await tell(ada, 'hi');
    const [note] = ada.ephemeralMessages;
    if (!note) throw new Error('Ada sees nothing');
    expect(() => bob.dismiss(note)).toThrow('Bob does not see ephemeral message 1');
    ada.dismiss(note);
    expect(ada.ephemeralMessages).toEqual([]);
    await tell(ada, 'another');
    expect(ada.ephemeralMessages[0]?.ephemeral_message_id).toBe(2);
    expect(await bot.updates()).toEqual([]);
    expect(() => ada.dismiss(ada.write('x'))).toThrow('Only an ephemeral message is dismissed');
  });

  it('are gone when the app is restarted, and never come while it is closed', async () => {
    await tell(ada, 'before');
    ada.restartApp();
    expect(ada.ephemeralMessages).toEqual([]);
    const chat = { chat_id: desk.id, receiver_user_id: ada.user.id, ephemeral_message_id: 1 };
    const edit = { ...chat, text: 'nobody sees it' };
    expect(await bot.call('editEphemeralMessageText', edit)).toEqual({ ok: true, result: true });
    telegram.createGroup({ title: 'Elsewhere' }).agent('Ada').closeApp();
    expect(await tell(ada, 'meanwhile')).toMatchObject({ ok: true });
    ada.openApp();
    await tell(ada, 'after');
    expect(ada.ephemeralMessages.map(({ text }) => text)).toEqual(['after']);
  });
});

function textsFor({ timeline }: EmulatedAgent): Array<string | undefined> {
  return timeline.map(({ text }) => text);
}
