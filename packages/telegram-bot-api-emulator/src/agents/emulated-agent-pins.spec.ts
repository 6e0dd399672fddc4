import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

describe('EmulatedAgent.pin', () => {
  let telegram: BotApiEmulator;
  let bot: EmulatorClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    bot = new EmulatorClient(telegram);
  });

  afterEach(() => telegram.stop());

  it('sends a service message without what the pinned message replied to', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    write(desk, 1);
    const reply = desk.agent('Bob').reply(1, 'reply');
    await bot.updates();
    desk.agent('Ann').pin(reply);
    const [update, ...others] = await bot.updates();
    expect(others).toEqual([]);
    expect(update).toMatchObject({
      message: {
        from: { first_name: 'Ann' },
        pinned_message: {
          message_id: reply.message_id,
          text: 'reply',
          from: { first_name: 'Bob' },
        },
      },
    });
    expect(update).not.toHaveProperty('message.pinned_message.reply_to_message');
    expect(desk.pinned).toEqual([reply.message_id]);
  });

  it('sends one service message while a message stays pinned', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    write(desk, 1);
    await bot.updates();
    desk.agent('Ann').pin(1);
    desk.agent('Bob').pin(1);
    expect(await bot.kinds()).toEqual(['message']);
    expect(desk.pinned).toEqual([1]);
  });

  it('keeps the order in which messages were pinned; getChat shows the last', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    write(desk, 3);
    for (const messageId of [3, 1, 2]) desk.agent('Ann').pin(messageId);
    expect(desk.pinned).toEqual([3, 1, 2]);
    expect(await bot.call('getChat', { chat_id: desk.id })).toMatchObject({
      result: { pinned_message: { message_id: 2 } },
    });
    await bot.call('unpinChatMessage', { chat_id: desk.id });
    expect(desk.pinned).toEqual([3, 1]);
    await bot.call('unpinChatMessage', { chat_id: desk.id, message_id: 3 });
    expect(desk.pinned).toEqual([1]);
    desk.agent('Ann').pin(3);
    await bot.call('unpinAllChatMessages', { chat_id: desk.id });
    expect(desk.pinned).toEqual([]);
  });

  it('ends when the message is deleted', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    write(desk, 2);
    for (const messageId of [1, 2]) desk.agent('Ann').pin(messageId);
    desk.agent('Ann').delete(2);
    expect(desk.pinned).toEqual([1]);
    expect(await bot.call('getChat', { chat_id: desk.id })).toMatchObject({
      result: { pinned_message: { message_id: 1 } },
    });
  });

  it('stays in the topic of the message', () => {
    const forum = telegram.createForum({ title: 'Forum' });
    const ann = forum.agent('Ann');
    const { id } = ann.createTopic('Parcels');
    ann.pin(ann.write('inside', { message_thread_id: id }));
    ann.pin(ann.write('General'));
    const [inside, general] = forum.messages.filter((message) => message.pinned_message);
    expect(inside).toMatchObject({
      message_thread_id: id,
      is_topic_message: true,
      pinned_message: { text: 'inside' },
    });
    expect(general).toMatchObject({ pinned_message: { text: 'General' } });
    expect(general).not.toHaveProperty('message_thread_id');
  });

  it.each(['createGroup', 'createSupergroup'] as const)('is open to members of %s', (create) => {
    const chat = telegram[create]({ title: 'Desk' });
    write(chat, 1);
    chat.agent('Ann').pin(1);
    expect(chat.pinned).toEqual([1]);
  });

  it('is open to administrators alone where members may not', () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    write(desk, 1);
    desk.setPermissions({ can_pin_messages: false });
    expect(() => desk.agent('Ann').pin(1)).toThrow(`Ann may not pin messages in chat ${desk.id}`);
    expect(desk.pinned).toEqual([]);
    desk.promote('Ann');
    desk.agent('Ann').pin(1);
    expect(desk.pinned).toEqual([1]);
  });

  it('is open to whoever is in a private chat', async () => {
    const chat = telegram.createPrivateChat('Cleo');
    const { message_id } = chat.agent('Cleo').write('x');
    chat.agent('Cleo').pin(message_id);
    expect(await bot.kinds()).toEqual(['message', 'message']);
    expect(chat.pinned).toEqual([message_id]);
  });
});

function write(chat: EmulatedChat, count: number): void {
  for (let number = 1; number <= count; number++) chat.agent('Ann').write(`message ${number}`);
}
