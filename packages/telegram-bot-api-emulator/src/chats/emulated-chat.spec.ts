import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator } from '../bot-api-emulator.js';
import { VirtualClock } from '../time/virtual-clock.js';

describe('EmulatedChat', () => {
  let telegram: BotApiEmulator;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
  });

  afterEach(() => telegram.stop());

  async function call(method: string, params: object = {}): Promise<unknown> {
    const response = await fetch(`${telegram.apiRoot}/bot${telegram.bot.token}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(params),
    });
    return response.json();
  }

  describe('agents', () => {
    it('are the same for the same name, and the same person everywhere', () => {
      const [one, other] = ['One', 'Other'].map((title) => telegram.createGroup({ title }));
      const ann = one?.agent('Ann', { id: 7, username: 'ann' });
      expect(one?.agent('Ann')).toBe(ann);
      expect(other?.agent('Ann').user).toEqual({
        id: 7,
        is_bot: false,
        first_name: 'Ann',
        username: 'ann',
      });
      expect(one?.agent('Bob').user.id).not.toBe(7);
    });

    it('write messages as everybody sees them', () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      const message = desk.agent('Ann').write(' see example.com ');
      expect(message).toEqual({
        message_id: 1,
        from: desk.agent('Ann').user,
        chat: { id: desk.id, title: 'Desk', type: 'supergroup' },
        date: 1_750_000_000,
        text: 'see example.com',
        entities: [{ type: 'url', offset: 4, length: 11 }],
      });
      expect(desk.messages).toEqual([message]);
    });

    it('send anything else by saying what it is', () => {
      const desk = telegram.createGroup({ title: 'Desk' });
      const dice = { emoji: '🎲', value: 6 };
      expect(desk.agent('Ann').write('', { dice })).toMatchObject({ dice });
      expect(desk.agent('Ann').write('', { dice })).not.toHaveProperty('text');
      expect(() => desk.agent('Ann').write('')).toThrow('Text must be non-empty');
    });

    it('reply to a message or its id, and to nothing else', () => {
      const desk = telegram.createGroup({ title: 'Desk' });
      const first = desk.agent('Ann').write('first example.com');
      const second = desk.agent('Bob').reply(first, 'second');
      const third = desk.agent('Ann').reply(second.message_id, 'third', { author_signature: 'x' });
      expect(second.reply_to_message).toEqual(first);
      expect(third).toMatchObject({ author_signature: 'x', reply_to_message: { text: 'second' } });
      expect(third.reply_to_message?.reply_to_message).toBeUndefined();
      expect(() => desk.agent('Ann').reply(99, 'x')).toThrow('There is no message 99');
    });

    it('write anonymously and as a channel', () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      const ann = desk.agent('Ann');
      expect(ann.anonymously('Boss').write('hi')).toMatchObject({
        from: { id: 1_087_968_824, is_bot: true, username: 'GroupAnonymousBot' },
        sender_chat: { id: desk.id, type: 'supergroup' },
        author_signature: 'Boss',
      });
      const channel = ann.asChannel('News').write('hi');
      expect(channel).toMatchObject({
        from: { id: 136_817_688, is_bot: true },
        sender_chat: { title: 'News', type: 'channel' },
      });
      expect(ann.asChannel('News').write('hi').sender_chat).toEqual(channel.sender_chat);
    });

    it('write under another name in supergroups only', () => {
      const ann = telegram.createGroup({ title: 'Desk' }).agent('Ann');
      expect(() => ann.anonymously()).toThrow('Anonymous administrators exist in supergroups only');
      expect(() => ann.asChannel('News')).toThrow('Channels write in supergroups only');
    });

    it('have different ids', () => {
      const desk = telegram.createGroup({ title: 'Desk' });
      desk.agent('Ann', { id: 7 });
      expect(() => telegram.createPrivateChat('Ann', { id: 8 })).toThrow('Ann is user 7 already');
      expect(telegram.createPrivateChat('Ann').id).toBe(7);
      expect(() => telegram.createPrivateChat('Ann')).toThrow(
        'The private chat of Ann exists already',
      );
    });

    it('are alone with the bot in a private chat', () => {
      const chat = telegram.createPrivateChat('Ann', { id: 7 });
      expect(chat.agent('Ann').write('hi')).toMatchObject({ chat: { id: 7 }, from: { id: 7 } });
      expect(() => chat.agent('Bob')).toThrow('Only Ann writes in this private chat');
      chat.setBotStatus('kicked');
      expect(() => chat.agent('Ann').write('hi')).toThrow('Ann has blocked the bot');
    });
  });

  it('forwards the posts of its linked channel', () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    expect(desk.linkedChannelPost('news')).toMatchObject({
      from: { id: 777_000, is_bot: false },
      sender_chat: { type: 'channel' },
      is_automatic_forward: true,
      text: 'news',
    });
  });

  describe('what the bot sees', () => {
    it.each([
      ['of a group as an administrator', 'administrator', false, 1],
      ['of a group without privacy mode', 'member', true, 1],
      ['of a group in privacy mode', 'member', false, 0],
      ['after it left', 'left', true, 0],
      ['after it was kicked', 'kicked', true, 0],
    ] as const)('%s', async (_where, botStatus, canReadAllGroupMessages, count) => {
      await telegram.stop();
      telegram = await BotApiEmulator.start({ bots: [{ canReadAllGroupMessages }] });
      const desk = telegram.createGroup({ title: 'Desk', botStatus });
      desk.agent('Ann').write('@support_desk_bot hello');
      expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(count));
    });

    it('all of a private chat', async () => {
      telegram.createPrivateChat('Ann').agent('Ann').write('hello');
      expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(1));
    });

    it.each([
      ['/start', 1],
      ['please /help@SUPPORT_desk_bot', 1],
      ['/start@another_bot', 0],
      ['no command', 0],
    ])('of %j in privacy mode %i', async (text, count) => {
      telegram.createGroup({ title: 'Desk', botStatus: 'member' }).agent('Ann').write(text);
      expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(count));
    });

    it('in privacy mode replies to itself and events, but not what others say to each other', async () => {
      const desk = telegram.createGroup({ title: 'Desk', botStatus: 'member' });
      await call('sendMessage', { chat_id: desk.id, text: 'question' });
      const [question] = desk.messages;
      const reply = desk.agent('Ann').reply(question?.message_id ?? 0, 'answer');
      expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(1));
      desk.agent('Bob').reply(reply, 'thanks');
      expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(1));
      desk.agent('Bob').write('', { new_chat_title: 'New' });
      expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(2));
    });

    it('no command without a name when another bot wrote last', async () => {
      const desk = telegram.createGroup({ title: 'Desk', botStatus: 'member' });
      desk.agent('Other bot', { isBot: true }).write('beep');
      desk.agent('Ann').write('/start');
      expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(0));
      await call('sendMessage', { chat_id: desk.id, text: 'my turn' });
      desk.agent('Ann').write('/start');
      expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(1));
    });

    it('no other bot, but anonymous people', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      desk.agent('Other bot', { isBot: true }).write('beep');
      expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(0));
      desk.agent('Ann').anonymously().write('hello');
      expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(1));
    });

    it('what happens to itself', async () => {
      const desk = telegram.createGroup({ title: 'Desk' });
      desk.setBotStatus('administrator');
      expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(0));
      desk.setBotStatus('kicked');
      expect(desk.botStatus).toBe('kicked');
      // my_chat_member and the message that says who has gone
      expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(2));
    });
  });

  it('becomes a supergroup with the same people, new ids and two notices', async () => {
    const group = telegram.createGroup({ title: 'Desk', botStatus: 'member' });
    const ann = group.agent('Ann');
    ann.write('before');
    const upgraded = group.upgrade();
    expect(group.messages.at(-1)).toMatchObject({ migrate_to_chat_id: upgraded.id });
    expect(upgraded).toMatchObject({ type: 'supergroup', botStatus: 'member' });
    expect(upgraded.messages).toMatchObject([
      {
        message_id: 1,
        from: { id: 1_087_968_824 },
        sender_chat: { id: upgraded.id },
        migrate_from_chat_id: group.id,
      },
    ]);
    expect(() => ann.write('after')).toThrow(`has become supergroup ${upgraded.id}`);
    expect(() => upgraded.upgrade()).toThrow('Only basic groups are upgraded');
    expect(await call('getWebhookInfo')).toMatchObject(pendingUpdates(2));
    expect(
      await call('getChatMember', { chat_id: upgraded.id, user_id: ann.user.id }),
    ).toMatchObject({ result: { status: 'member' } });
    expect(upgraded.agent('Ann').user).toEqual(ann.user);
  });

  describe('waiting', () => {
    it('ends at once with what is there, and later with what comes', async () => {
      const desk = telegram.createGroup({ title: 'Desk' });
      const coming = desk.waitForMessage((message) => message.text === 'hello');
      const first = desk.agent('Ann').write('first');
      expect(await desk.waitForMessage((message) => message.text === 'first')).toBe(first);
      await call('sendMessage', { chat_id: desk.id, text: 'hello' });
      expect(await coming).toMatchObject({ text: 'hello', from: { id: telegram.bot.id } });
    });

    it('ends with an error that lists what is there', async () => {
      const desk = telegram.createGroup({ title: 'Desk' });
      await expect(desk.waitForMessage(() => false, 1)).rejects.toThrow(
        'No such message came within 1 ms. The chat is empty.',
      );
      const { message_id } = desk.agent('Ann').write('one');
      desk.agent('Ann').write('', { dice: { emoji: '🎲', value: 1 } });
      await call('setMessageReaction', {
        chat_id: desk.id,
        message_id,
        reaction: [{ type: 'emoji', emoji: '👀' }],
      });
      await expect(desk.waitForMessage(() => false, 1)).rejects.toThrow(
        'The chat holds:\n  1 Ann: "one" 👀\n  2 Ann: (no text)',
      );
      await expect(desk.waitForReaction(2, 1)).rejects.toThrow(
        'The bot did not react to message 2 within 1 ms.',
      );
    });

    it('ends with a reaction', async () => {
      const desk = telegram.createGroup({ title: 'Desk' });
      const { message_id } = desk.agent('Ann').write('one');
      const reaction = desk.waitForReaction(message_id);
      await call('setMessageReaction', {
        chat_id: desk.id,
        message_id,
        reaction: [{ type: 'emoji', emoji: '👍' }],
      });
      expect(await reaction).toEqual(['👍']);
      expect(await desk.waitForReaction(message_id)).toEqual(['👍']);
    });
  });
});

function pendingUpdates(count: number): object {
  return { result: { pending_update_count: count } };
}
