import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';

describe('GetChatMemberCountMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
  });

  afterEach(() => telegram.stop());

  const count = (chat_id: number): Promise<unknown> =>
    client.call('getChatMemberCount', { chat_id });

  it('counts owner, bot and all who are there, and nobody who is not', async () => {
    const chat = telegram.createSupergroup({ title: 'Chat' });
    expect(await count(chat.id)).toEqual({ ok: true, result: 2 });
    chat.agent('Ann');
    chat.join('Bob');
    chat.restrict('Bob');
    expect(await count(chat.id)).toEqual({ ok: true, result: 4 });
    chat.kick('Ann');
    chat.ban('Bob');
    expect(await count(chat.id)).toEqual({ ok: true, result: 2 });
    chat.join('Ann');
    expect(await count(chat.id)).toEqual({ ok: true, result: 3 });
  });

  it('counts both sides of a private chat', async () => {
    expect(await count(telegram.createPrivateChat('Ann').id)).toEqual({ ok: true, result: 2 });
  });

  it('asks for a chat in which the bot is, unless it is public', async () => {
    const { id } = telegram.createSupergroup({ title: 'Chat', botStatus: 'left' });
    expect(await client.errorOf('getChatMemberCount', { chat_id: id })).toBe(
      'Forbidden: bot is not a member of the supergroup chat',
    );
    telegram.createSupergroup({ title: 'Public', username: 'public', botStatus: 'left' });
    expect(await client.call('getChatMemberCount', { chat_id: '@public' })).toEqual({
      ok: true,
      result: 1,
    });
  });
});
