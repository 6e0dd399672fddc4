import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedBot } from './emulated-bot.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

describe('Several bots', () => {
  let telegram: BotApiEmulator;
  let first: EmulatorClient;
  let second: EmulatorClient;
  let secondBot: EmulatedBot;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({
      clock: new VirtualClock(1_750_000_000_000),
      bots: [{}, {}],
    });
    secondBot = telegram.bots[1] ?? telegram.bot;
    first = new EmulatorClient(telegram);
    second = new EmulatorClient(telegram, secondBot);
  });

  afterEach(() => telegram.stop());

  /** A group with both bots, who have read of it. */
  async function createShared(): Promise<EmulatedChat> {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    desk.setBotStatus('administrator', secondBot);
    await first.updates();
    await second.updates();
    return desk;
  }

  it('have names, ids and tokens of their own', async () => {
    expect(telegram.bots).toHaveLength(2);
    expect(telegram.bots[0]).toBe(telegram.bot);
    expect(telegram.bots).toMatchObject([
      { id: 7_000_000_001, username: 'support_desk_bot' },
      { id: 7_000_000_002, username: 'support_desk2_bot' },
    ]);
    expect(await first.call('getMe')).toMatchObject({ result: { first_name: 'Support Desk' } });
    expect(await second.call('getMe')).toMatchObject({
      result: { id: 7_000_000_002, first_name: 'Support Desk 2' },
    });
    expect(telegram.calls.map(({ botId }) => botId)).toEqual([7_000_000_001, 7_000_000_002]);
  });

  it('are identified by the number that their tokens begin with', async () => {
    const bots = [{ token: '5:a' }, { token: '5:b' }];
    await expect(BotApiEmulator.start({ bots })).rejects.toThrow('Two bots have the same id');
  });

  it('lose their tokens one by one', async () => {
    const { token } = secondBot;
    telegram.bot.revokeToken();
    expect(secondBot.token).toBe(token);
    expect(await second.call('getMe')).toMatchObject({ ok: true });
  });

  it('join a group one by one, and get an update of each other', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    await first.allowAll();
    desk.setBotStatus('member', secondBot);
    const joined = { message: { new_chat_members: [{ id: secondBot.id }] } };
    expect(await first.updates()).toMatchObject([
      { chat_member: { new_chat_member: { user: { id: secondBot.id }, status: 'member' } } },
      joined,
    ]);
    expect(await second.updates()).toMatchObject([
      { my_chat_member: { new_chat_member: { status: 'member' } } },
      joined,
    ]);
    desk.setBotRights({ can_pin_messages: false }, secondBot);
    expect(await second.kinds()).toEqual(['my_chat_member']);
    expect(desk.botStatus).toBe('administrator');
  });

  it('each get what people write, in queues of their own', async () => {
    const desk = await createShared();
    const elsewhere = telegram.createSupergroup({ title: 'Elsewhere' });
    desk.agent('Ann').write('for both');
    elsewhere.agent('Ann').write('for one');
    expect(await first.updates()).toMatchObject([
      { message: { text: 'for both' } },
      { message: { text: 'for one' } },
    ]);
    telegram.bot.restartUpdateIds(1_500_000_000);
    secondBot.restartUpdateIds(1_700_000_000);
    desk.agent('Ann').write('again');
    expect(await first.updates()).toMatchObject([{ update_id: 1_500_000_000 }]);
    expect(await second.updates()).toMatchObject([
      { message: { text: 'for both' } },
      { update_id: 1_700_000_000, message: { text: 'again' } },
    ]);
  });

  it('never see what the others write or edit', async () => {
    const desk = await createShared();
    await first.call('sendMessage', { chat_id: desk.id, text: 'beep' });
    await first.call('editMessageText', { chat_id: desk.id, message_id: 2, text: 'boop' });
    await second.call('forwardMessage', { chat_id: desk.id, from_chat_id: desk.id, message_id: 2 });
    expect(desk.messages.slice(1)).toMatchObject([
      { text: 'boop', from: { id: telegram.bot.id } },
      { text: 'boop', from: { id: secondBot.id } },
    ]);
    expect(await first.updates()).toEqual([]);
    expect(await second.updates()).toEqual([]);
    desk.agent('Ann').reply(2, 'a reply');
    expect(await second.updates()).toMatchObject([
      { message: { reply_to_message: { text: 'boop', from: { id: telegram.bot.id } } } },
    ]);
  });

  it('change their own messages only', async () => {
    const desk = await createShared();
    await first.call('sendMessage', { chat_id: desk.id, text: 'beep' });
    const change = { chat_id: desk.id, message_id: 2, text: 'mine' };
    expect(await second.call('editMessageText', change)).toMatchObject({
      description: "Bad Request: message can't be edited",
    });
  });

  it('react each for itself', async () => {
    const desk = await createShared();
    const { message_id } = desk.agent('Ann').write('x');
    for (const [client, emoji] of [
      [first, '👀'],
      [second, '👍'],
    ] as const) {
      await client.call('setMessageReaction', {
        chat_id: desk.id,
        message_id,
        reaction: [{ type: 'emoji', emoji }],
      });
    }
    expect(desk.reactionsOn(message_id)).toEqual(['👀', '👍']);
  });

  it('have private chats of their own with the same person', async () => {
    const own = telegram.createPrivateChat('Cleo', { id: 7 });
    expect(await second.call('sendMessage', { chat_id: 7, text: 'x' })).toMatchObject({
      description: "Forbidden: bot can't initiate conversation with a user",
    });
    const other = telegram.createPrivateChat('Cleo', {}, secondBot);
    other.agent('Cleo').write('to the second');
    expect(own.messages).toEqual([]);
    expect(await first.updates()).toEqual([]);
    expect(await second.updates()).toMatchObject([{ message: { chat: { id: 7 } } }]);
    await second.call('sendMessage', { chat_id: 7, text: 'from the second' });
    expect(own.messages).toEqual([]);
    expect(other.messages).toHaveLength(2);
    other.setBotStatus('kicked');
    expect(other.botStatus).toBe('kicked');
    expect(own.botStatus).toBe('member');
    expect(await first.call('sendMessage', { chat_id: 7, text: 'x' })).toMatchObject({ ok: true });
  });

  describe('know files', () => {
    const VOICE = /"voice":\{.*?"file_id":"([^"]+)","file_unique_id":"([^"]+)"/;

    /** The file id and the unique id of the voice message in any JSON. */
    function idsIn(json: unknown): string[] {
      return VOICE.exec(JSON.stringify(json))?.slice(1) ?? [];
    }

    it('by different ids, of which the unique one is the same', async () => {
      const desk = await createShared();
      desk.agent('Ann').sendFile('voice');
      const [firstId, firstUnique] = idsIn(await first.updates());
      const [secondId, secondUnique] = idsIn(await second.updates());
      expect(firstId).toMatch(/^[\w-]+$/);
      expect(secondId).toMatch(/^[\w-]+$/);
      expect(secondId).not.toBe(firstId);
      expect(secondUnique).toBe(firstUnique);
    });

    it('by their own ids alone', async () => {
      const desk = await createShared();
      desk.agent('Ann').sendFile('voice', { bytes: Buffer.from('hello') });
      const [foreign] = idsIn(await first.updates());
      const [own] = idsIn(await second.updates());
      expect(await second.call('getFile', { file_id: foreign })).toMatchObject({
        description: 'Bad Request: wrong file_id or the file is temporarily unavailable',
      });
      expect(await second.call('getFile', { file_id: own })).toMatchObject({
        result: { file_id: own, file_size: 5 },
      });
      expect(await second.call('sendVoice', { chat_id: desk.id, voice: foreign })).toMatchObject({
        description: 'Bad Request: wrong file identifier/HTTP URL specified',
      });
      const sent = await second.call('sendVoice', { chat_id: desk.id, voice: own });
      expect(idsIn(sent)).toEqual([own, expect.any(String)]);
    });

    it('by their own ids in whatever they are answered', async () => {
      const desk = await createShared();
      const voice = desk.agent('Ann').sendFile('voice');
      const [own] = idsIn(await second.updates());
      desk.agent('Ann').reply(voice, 'about that');
      desk.agent('Ann').pin(voice);
      expect(idsIn(await second.updates())).toEqual([own, expect.any(String)]);
      for (const [method, params] of [
        ['getChat', {}],
        ['forwardMessage', { from_chat_id: desk.id, message_id: voice.message_id }],
      ] as const) {
        const answer = await second.call(method, { chat_id: desk.id, ...params });
        expect(idsIn(answer)).toEqual([own, expect.any(String)]);
      }
    });

    it('that a test has made up as they are', async () => {
      const desk = await createShared();
      const made = { file_id: 'made up', file_unique_id: 'x', duration: 1 };
      desk.agent('Ann').write('', { voice: made });
      expect(await first.updates()).toMatchObject([{ message: { voice: made } }]);
      expect(await second.updates()).toMatchObject([{ message: { voice: made } }]);
    });
  });
});
