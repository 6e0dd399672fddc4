import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';

describe('LeaveChatMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
  });

  afterEach(() => telegram.stop());

  const leave = ({ id }: EmulatedChat): Promise<string> =>
    client.errorOf('leaveChat', { chat_id: id });

  it.each<[string, (emulator: BotApiEmulator) => EmulatedChat]>([
    ['group', (emulator) => emulator.createGroup({ title: 'Chat' })],
    ['supergroup', (emulator) => emulator.createSupergroup({ title: 'Chat' })],
    ['channel', (emulator) => emulator.createChannel({ title: 'Chat' })],
  ])('takes the bot out of a %s, where it can do nothing any more', async (kind, create) => {
    const chat = create(telegram);
    expect(await client.call('leaveChat', { chat_id: chat.id })).toEqual({
      ok: true,
      result: true,
    });
    expect(chat.botStatus).toBe('left');
    const gone = `Forbidden: bot is not a member of the ${kind} chat`;
    expect(await client.errorOf('sendMessage', { chat_id: chat.id, text: 'hi' })).toBe(gone);
    expect(await leave(chat)).toBe(gone);
  });

  it('posts a service message, and sends the bot an update', async () => {
    const chat = telegram.createSupergroup({ title: 'Chat' });
    await leave(chat);
    const { bot } = telegram;
    expect(chat.messages).toMatchObject([
      { from: { id: bot.id }, left_chat_member: { id: bot.id } },
    ]);
    const answer = await client.call('getUpdates');
    expect(answer).toMatchObject({
      result: [
        {
          my_chat_member: {
            from: { id: bot.id },
            old_chat_member: { status: 'administrator' },
            new_chat_member: { status: 'left' },
          },
        },
        { message: { left_chat_member: { id: bot.id } } },
      ],
    });
  });

  it('sees nothing of the chat afterwards', async () => {
    const chat = telegram.createSupergroup({ title: 'Chat' });
    await leave(chat);
    const before = telegram.bot.pendingUpdates;
    chat.agent('Ann').write('hello');
    expect(telegram.bot.pendingUpdates).toBe(before);
  });

  it('does not leave a private chat', async () => {
    const chat = telegram.createPrivateChat('Ann');
    expect(await leave(chat)).toBe(
      "Bad Request: chat member status can't be changed in private chats",
    );
    expect(chat.botStatus).toBe('member');
  });
});
