import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';

describe('SendContactMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let chat: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
    chat = telegram.createPrivateChat('Ann');
  });

  afterEach(() => telegram.stop());

  it.each([
    [
      { phone_number: '+49 1', first_name: 'Bob' },
      { phone_number: '+49 1', first_name: 'Bob' },
    ],
    [
      { phone_number: 491, first_name: 'Bob', last_name: 'B.' },
      { phone_number: '491', first_name: 'Bob', last_name: 'B.' },
    ],
  ])('sends of %j %j', async (params, contact) => {
    const answer = await client.call('sendContact', { chat_id: chat.id, ...params });
    expect(answer).toEqual({ ok: true, result: chat.messages[0] });
    expect(chat.messages[0]?.contact).toEqual(contact);
  });

  it.each<[object, string]>([
    [{ first_name: 'Bob' }, 'phone number must be non-empty'],
    [{ phone_number: '1' }, 'first name must be non-empty'],
    [{}, 'phone number must be non-empty'],
  ])('refuses %j: %s', async (params, reason) => {
    expect(await client.errorOf('sendContact', { chat_id: chat.id, ...params })).toBe(
      `Bad Request: ${reason}`,
    );
    expect(chat.messages).toEqual([]);
  });
});
