import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accepted,
  type ReferenceCall,
  ReferenceDesk,
  type ReferenceRow,
  refused,
} from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: commands, whom they are for, and who sees them. Sources are
 * files of tdlib/telegram-bot-api and tdlib/td, and the documentation of Bot API 10.3.
 */

const HELP = { command: 'help', description: 'Helps' };
const SCOPE = 'Client.cpp:10576-10637';
const PARSE = "Bad Request: can't parse BotCommandScope:";
const BAD_COMMAND = { command: 'Go', description: 'd' };

const set = (params: object): ReferenceCall => ['setMyCommands', { commands: [HELP], ...params }];

const REFUSALS: ReferenceRow[] = [
  [
    'a scope that is no JSON',
    SCOPE,
    () => set({ scope: '{' }),
    refused(400, "Bad Request: can't parse BotCommandScope JSON object"),
  ],
  [
    'a scope that is no object',
    SCOPE,
    () => set({ scope: [] }),
    refused(400, `${PARSE} BotCommandScope must be an Object`),
  ],
  [
    'a scope without a type',
    SCOPE,
    () => set({ scope: {} }),
    refused(400, `${PARSE} Can't find field "type"`),
  ],
  [
    'a scope of another type',
    SCOPE,
    () => set({ scope: { type: 'group' } }),
    refused(400, `${PARSE} Unsupported type specified`),
  ],
  [
    'a scope without its chat',
    SCOPE,
    () => set({ scope: { type: 'chat' } }),
    refused(400, `${PARSE} Can't find field "chat_id"`),
  ],
  [
    'a scope whose chat is empty',
    SCOPE,
    () => set({ scope: { type: 'chat', chat_id: '' } }),
    refused(400, `${PARSE} Empty chat_id specified`),
  ],
  [
    'a scope whose user is none',
    SCOPE,
    ({ group }) => set({ scope: { type: 'chat_member', chat_id: group.id, user_id: -1 } }),
    refused(400, `${PARSE} Invalid user_id specified`),
  ],
  [
    'a chat that it does not know',
    'Client.cpp:8334-8360',
    () => set({ scope: { type: 'chat', chat_id: -7 } }),
    refused(400, 'Bad Request: chat not found'),
  ],
  [
    'administrators of a private chat',
    'td: BotCommandScope.cpp',
    ({ person }) => set({ scope: { type: 'chat_administrators', chat_id: person.id } }),
    refused(400, "Bad Request: can't use specified scope in private chats"),
  ],
  [
    'a channel',
    'td: BotCommandScope.cpp',
    ({ channel }) => set({ scope: { type: 'chat', chat_id: channel.id } }),
    refused(400, "Bad Request: can't change commands in channel chats"),
  ],
  [
    'a language of other than two letters',
    'td: misc.cpp, validate_bot_language_code',
    () => set({ language_code: 'en-US' }),
    refused(400, 'Bad Request: invalid language code specified'),
  ],
  [
    'a language before what is wrong with the commands',
    'td: BotCommand.cpp, set_commands',
    () => ['setMyCommands', { commands: [BAD_COMMAND], language_code: 'EN' }],
    refused(400, 'Bad Request: invalid language code specified'),
  ],
  [
    'commands that are none before a scope that is none',
    'Client.cpp:12726-12740',
    () => ['setMyCommands', { commands: ['x'], scope: 7 }],
    refused(400, "Bad Request: can't parse BotCommand: expected an Object"),
  ],
  [
    'a 101st command',
    'inferred',
    () => ['setMyCommands', { commands: Array.from({ length: 101 }, () => HELP) }],
    refused(400, 'Bad Request: BOT_COMMANDS_TOO_MUCH'),
  ],
];

describe('Commands', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  it.each(REFUSALS)('refuse %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  it('say that they are ephemeral, where they are (Bot API 10.2, BotCommand)', async () => {
    const claim = { command: 'claim', description: 'Claims', is_ephemeral: true };
    await desk.result('setMyCommands', { commands: [{ ...HELP, is_ephemeral: false }, claim] });
    expect(await desk.call('getMyCommands')).toEqual(accepted([HELP, claim]));
  });

  /** What Bob, an administrator, and Eve, a member, see in a group once commands are set for these scopes. */
  const PRECEDENCE: ReadonlyArray<readonly [scopes: string[], bob: string, eve: string]> = [
    [['default'], 'default', 'default'],
    [['default', 'all_private_chats'], 'default', 'default'],
    [['default', 'all_group_chats'], 'all_group_chats', 'all_group_chats'],
    [
      ['default', 'all_group_chats', 'all_chat_administrators'],
      'all_chat_administrators',
      'all_group_chats',
    ],
    [['all_chat_administrators', 'chat'], 'chat', 'chat'],
    [['all_group_chats', 'chat', 'chat_administrators'], 'chat_administrators', 'chat'],
    [['chat', 'chat_administrators', 'chat_member'], 'chat_member', 'chat'],
  ];

  it.each(PRECEDENCE)('of %j are seen as documented: %s and %s', async (scopes, bob, eve) => {
    const { group } = desk;
    const [one, other] = [group.agent('Bob', { status: 'administrator' }), group.agent('Eve')];
    for (const type of scopes) {
      const chat = type.startsWith('chat') && { chat_id: group.id };
      const member = type === 'chat_member' && { user_id: one.user.id };
      const commands = [{ command: type, description: type }];
      await desk.result('setMyCommands', { commands, scope: { type, ...chat, ...member } });
    }
    expect([one, other].map((agent) => agent.commands().map(({ command }) => command))).toEqual([
      [bob],
      [eve],
    ]);
  });

  it.each<[scopes: string[], seen: string]>([
    [['default', 'all_group_chats'], 'default'],
    [['default', 'all_private_chats'], 'all_private_chats'],
    [['all_private_chats', 'chat'], 'chat'],
  ])('of %j are seen in private chats: %s', async (scopes, seen) => {
    const { person } = desk;
    for (const type of scopes) {
      const chat = type === 'chat' && { chat_id: person.id };
      const commands = [{ command: type, description: type }];
      await desk.result('setMyCommands', { commands, scope: { type, ...chat } });
    }
    expect(person.agent('Ann').commands()).toEqual([{ command: seen, description: seen }]);
  });

  it('in the language of the person go before those for all, within a scope', async () => {
    const { group } = desk;
    const [jan, ann] = [group.agent('Jan', { languageCode: 'de' }), group.agent('Ann')];
    const give = (description: string, params: object) =>
      desk.result('setMyCommands', { commands: [{ ...HELP, description }], ...params });
    await give('Hilfe', { language_code: 'de' });
    await give('Help', {});
    expect([jan, ann].map((agent) => agent.commands()[0]?.description)).toEqual(['Hilfe', 'Help']);
    await give('Help here', { scope: { type: 'all_group_chats' } });
    expect(jan.commands()[0]?.description).toBe('Help here');
    await desk.result('deleteMyCommands', { scope: { type: 'all_group_chats' } });
    expect(jan.commands()[0]?.description).toBe('Hilfe');
  });
});
