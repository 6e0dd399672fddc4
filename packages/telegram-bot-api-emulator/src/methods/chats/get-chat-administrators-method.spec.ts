import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';

describe('GetChatAdministratorsMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ bots: [{}, { username: 'other_bot' }] });
    client = new WireClient(telegram);
  });

  afterEach(() => telegram.stop());

  const list = (chat_id: number): Promise<unknown> =>
    client.call('getChatAdministrators', { chat_id });
  const errorOf = (chat_id: number): Promise<string> =>
    client.errorOf('getChatAdministrators', { chat_id });

  it.each([
    ['group', { can_manage_topics: false }],
    ['supergroup', { can_manage_topics: true, can_pin_messages: true }],
    ['channel', { can_post_messages: true, can_edit_messages: true }],
  ] as const)('lists who runs a %s, with their rights', async (kind, rights) => {
    const chat =
      kind === 'group'
        ? telegram.createGroup({ title: 'Chat' })
        : kind === 'channel'
          ? telegram.createChannel({ title: 'Chat' })
          : telegram.createSupergroup({ title: 'Chat' });
    const boss = chat.agent('Boss', { status: 'administrator' });
    chat.agent('Ann');
    const runs = {
      status: 'administrator',
      can_be_edited: false,
      can_manage_chat: true,
      ...rights,
    };
    expect(await list(chat.id)).toMatchObject({
      ok: true,
      result: [
        { status: 'creator', user: { first_name: 'Owner of Chat' }, is_anonymous: false },
        { ...runs, user: { id: telegram.bot.id } },
        { ...runs, user: boss.user },
      ],
    });
  });

  it('leaves out other bots, but not itself', async () => {
    const chat = telegram.createSupergroup({ title: 'Chat' });
    chat.setBotStatus('administrator', telegram.bots[1]);
    const seen = JSON.stringify(await list(chat.id));
    expect(seen).toContain(`"id":${telegram.bot.id}`);
    expect(seen).not.toContain(`"id":${telegram.bots[1]?.id}`);
  });

  it('follows what people become', async () => {
    const chat = telegram.createSupergroup({ title: 'Chat', botStatus: 'member' });
    chat.agent('Ann');
    expect(await list(chat.id)).toMatchObject({ result: { length: 1 } });
    chat.promote('Ann', { can_pin_messages: false });
    expect(await list(chat.id)).toMatchObject({
      result: [{}, { user: { first_name: 'Ann' }, can_pin_messages: false }],
    });
    chat.demote('Ann');
    expect(await list(chat.id)).toMatchObject({ result: { length: 1 } });
  });

  it('asks for a chat that has administrators, and in which the bot is', async () => {
    expect(await errorOf(telegram.createPrivateChat('Ann').id)).toBe(
      'Bad Request: there are no administrators in the private chat',
    );
    const chat = telegram.createGroup({ title: 'Chat', botStatus: 'left' });
    expect(await errorOf(chat.id)).toBe('Forbidden: bot is not a member of the group chat');
    expect(await errorOf(1)).toBe('Bad Request: chat not found');
  });
});
