import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';

const START = { command: 'start', description: 'Starts' };
const HELP = { command: 'help', description: 'Helps' };
/** The ids of the first two supergroups. */
const DESK = -1_002_100_000_001;
const OTHER = -1_002_100_000_002;

describe('MyCommandsMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ bots: [{}, { username: 'other_bot' }] });
    client = new WireClient(telegram);
  });

  afterEach(() => telegram.stop());

  const set = (commands: unknown, params: object = {}): Promise<string> =>
    client.errorOf('setMyCommands', { commands, ...params });
  const get = (params: object = {}): Promise<unknown> => client.call('getMyCommands', params);

  it('has no commands at first', async () => {
    expect(await get()).toEqual({ ok: true, result: [] });
    expect(telegram.bot.commands).toEqual([]);
  });

  it('keeps what was set last', async () => {
    expect(await client.call('setMyCommands', { commands: [START, HELP] })).toEqual({
      ok: true,
      result: true,
    });
    expect(await get()).toEqual({ ok: true, result: [START, HELP] });
    await set([{ ...HELP, command: '/help' }]);
    expect(telegram.bot.commands).toEqual([HELP]);
  });

  it('forgets them when they are deleted, or none are set', async () => {
    await set([START]);
    expect(await client.errorOf('deleteMyCommands')).toBe('ok');
    expect(telegram.bot.commands).toEqual([]);
    await set([START]);
    await set([]);
    expect(await get()).toEqual({ ok: true, result: [] });
    expect(await client.errorOf('deleteMyCommands')).toBe('ok');
  });

  it.each<[object, object, boolean]>([
    [{}, { scope: { type: 'default' } }, true],
    [{}, { scope: '{"type":"default"}', language_code: '' }, true],
    [{}, { scope: { type: 'all_private_chats' } }, false],
    [{}, { language_code: 'de' }, false],
    [{ language_code: 'de' }, { language_code: 'de' }, true],
    [
      { scope: { type: 'chat', chat_id: DESK } },
      { scope: { chat_id: '@desk', type: 'chat' } },
      true,
    ],
    [
      { scope: { type: 'chat', chat_id: DESK } },
      { scope: { type: 'chat', chat_id: OTHER } },
      false,
    ],
    [
      { scope: { type: 'chat', chat_id: DESK } },
      { scope: { type: 'chat_administrators', chat_id: DESK } },
      false,
    ],
    [
      { scope: { type: 'chat_member', chat_id: DESK, user_id: 1 } },
      { scope: { type: 'chat_member', chat_id: DESK, user_id: 2 } },
      false,
    ],
  ])('finds what was set for %j for %j: %s', async (place, asked, isFound) => {
    const desk = telegram.createSupergroup({ title: 'Desk', username: 'desk' });
    const other = telegram.createSupergroup({ title: 'Other' });
    expect([desk.id, other.id]).toEqual([DESK, OTHER]);
    await set([START], place);
    expect(await get(asked)).toEqual({ ok: true, result: isFound ? [START] : [] });
    await client.call('deleteMyCommands', asked);
    expect(await get(place)).toEqual({ ok: true, result: isFound ? [] : [START] });
  });

  it('keeps those of each bot apart', async () => {
    await set([START]);
    const [, other = telegram.bot] = telegram.bots;
    expect(await new WireClient(telegram, other).call('getMyCommands')).toEqual({
      ok: true,
      result: [],
    });
    expect(other.commands).toEqual([]);
  });

  it.each<[object, string]>([
    [{ commands: [{ command: 'A', description: 'a' }] }, 'BOT_COMMAND_INVALID'],
    [{ commands: [START], scope: '{' }, "can't parse BotCommandScope JSON object"],
    [
      { commands: [START], scope: 7 },
      "can't parse BotCommandScope: BotCommandScope must be an Object",
    ],
    [
      { commands: [START], scope: null },
      "can't parse BotCommandScope: BotCommandScope must be an Object",
    ],
  ])('refuses %j and keeps what was', async (params, reason) => {
    await set([HELP]);
    expect(await client.errorOf('setMyCommands', params)).toBe(`Bad Request: ${reason}`);
    expect(telegram.bot.commands).toEqual([HELP]);
  });
});
