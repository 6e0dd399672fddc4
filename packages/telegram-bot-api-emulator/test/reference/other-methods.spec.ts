import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accepted,
  type ReferenceCall,
  ReferenceDesk,
  type ReferenceRow,
  refused,
} from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: button presses, commands and members.
 * Sources are files of tdlib/telegram-bot-api; where none is named, the text was seen on the wire.
 */

const WIRE = 'on the wire';
const TOO_OLD = refused(
  400,
  'Bad Request: query is too old and response timeout expired or query ID is invalid',
);

const commands = (...list: unknown[]): ReferenceCall => ['setMyCommands', { commands: list }];

const COMMANDS: ReferenceRow[] = [
  [
    'without a name',
    WIRE,
    () => commands({ command: '/', description: 'd' }),
    refused(400, 'Bad Request: command must be non-empty'),
  ],
  [
    'with a name of more than 32 characters',
    WIRE,
    () => commands({ command: 'x'.repeat(33), description: 'd' }),
    refused(400, 'Bad Request: command length must not exceed 32'),
  ],
  [
    'without a description',
    WIRE,
    () => commands({ command: 'go', description: ' ' }),
    refused(400, 'Bad Request: command description must be non-empty'),
  ],
  [
    'with a description of more than 256 characters',
    WIRE,
    () => commands({ command: 'go', description: 'x'.repeat(257) }),
    refused(400, 'Bad Request: command description length must not exceed 256'),
  ],
  [
    'that lacks a field',
    WIRE,
    () => commands({ command: 'go' }),
    refused(400, 'Bad Request: can\'t parse BotCommand: Can\'t find field "description"'),
  ],
  [
    'that is no object',
    WIRE,
    () => commands('go'),
    refused(400, "Bad Request: can't parse BotCommand: expected an Object"),
  ],
  [
    'with capital letters',
    'data centre',
    () => commands({ command: 'Go', description: 'd' }),
    refused(400, 'Bad Request: BOT_COMMAND_INVALID'),
  ],
  [
    'with other characters',
    'data centre',
    () => commands({ command: 'go-on', description: 'd' }),
    refused(400, 'Bad Request: BOT_COMMAND_INVALID'),
  ],
];

const MEMBERS: ReferenceRow[] = [
  [
    'no user is named',
    'Client.cpp, get_user_id',
    ({ group }) => ['getChatMember', { chat_id: group.id }],
    refused(400, 'Bad Request: invalid user_id specified'),
  ],
  [
    'no user is named, before the chat',
    'Client.cpp, get_user_id',
    () => ['getChatMember', { chat_id: 1, user_id: 'nobody' }],
    refused(400, 'Bad Request: invalid user_id specified'),
  ],
  [
    'nobody knows the user',
    WIRE,
    ({ group }) => ['getChatMember', { chat_id: group.id, user_id: 999 }],
    refused(400, 'Bad Request: member not found'),
  ],
  [
    'the bot does not run the channel',
    WIRE,
    ({ channel }) => {
      const boss = channel.agent('Boss', { status: 'administrator' });
      channel.setBotStatus('member');
      return ['getChatMember', { chat_id: channel.id, user_id: boss.user.id }];
    },
    refused(400, 'Bad Request: member list is inaccessible'),
  ],
];

const answerTo = (id: string, params: object = {}): ReferenceCall => [
  'answerCallbackQuery',
  { callback_query_id: id, ...params },
];

describe('Button presses, commands and other methods', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  /** Lets Bob press a button of the bot. */
  async function press(): Promise<{ readonly id: string; readonly cacheTime: () => unknown }> {
    const reply_markup = { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] };
    const message = await desk.send(desk.group, { reply_markup });
    const pressed = desk.group.agent('Bob').press(message, 'Yes');
    return { id: pressed.id, cacheTime: () => pressed.answer?.cacheTime };
  }

  describe('answerCallbackQuery', () => {
    it.each(['', '1', 'nonsense'])('does not know the query %j', async (id) => {
      expect(await desk.call(...answerTo(id))).toEqual(TOO_OLD);
    });

    it('comes in time for 150 seconds, as long as the update waits', async () => {
      const [one, other] = [await press(), await press()];
      desk.clock.advance(150_000);
      expect(await desk.call(...answerTo(one.id))).toEqual(accepted(true));
      desk.clock.advance(1);
      expect(await desk.call(...answerTo(other.id))).toEqual(TOO_OLD);
    });

    it.each([
      [-5, 0],
      [10, 10],
      [2_592_001, 2_592_000],
    ])('clamps cache_time %i to %i (Client.cpp)', async (cache_time, kept) => {
      const pressed = await press();
      await desk.result(...answerTo(pressed.id, { cache_time }));
      expect(pressed.cacheTime()).toBe(kept);
    });

    it('has a text of 200 characters', async () => {
      const { id } = await press();
      expect(await desk.call(...answerTo(id, { text: 'x'.repeat(201) }))).toEqual(
        refused(400, 'Bad Request: MESSAGE_TOO_LONG'),
      );
      expect(await desk.call(...answerTo(id, { text: '😀'.repeat(200) }))).toEqual(accepted(true));
    });

    it.each([
      ['https://t.me/support_desk_bot?start=x', true],
      ['t.me/Support_Desk_Bot?startgroup=x', true],
      ['tg://resolve?domain=support_desk_bot&start=x', true],
      ['https://t.me/other_bot?start=x', false],
      ['https://example.com', false],
    ])('opens links to the bot itself alone (documentation): %s', async (url, isOpened) => {
      const { id } = await press();
      expect(await desk.call(...answerTo(id, { url }))).toEqual(
        isOpened ? accepted(true) : refused(400, 'Bad Request: URL_INVALID'),
      );
    });

    it('meets no flood limit (levlam, telegram-bot-api#648)', async () => {
      const { id } = await press();
      desk.group.flood(60);
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => desk.call(...answerTo(id))),
      );
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    });
  });

  it.each(COMMANDS)('refuses a command %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  it('strips the slash of a command, and takes names and descriptions up to the limits', async () => {
    const limits = { command: 'x'.repeat(32), description: 'd'.repeat(256) };
    expect(await desk.call(...commands({ command: '/go', description: 'd' }, limits))).toEqual(
      accepted(true),
    );
    expect(await desk.result('getMyCommands')).toEqual([
      { command: 'go', description: 'd' },
      limits,
    ]);
  });

  it.each(MEMBERS)('says of a member when %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  it('knows who has left', async () => {
    const { user } = desk.group.agent('Bob');
    desk.group.kick('Bob');
    expect(await desk.call('getChatMember', { chat_id: desk.group.id, user_id: user.id })).toEqual(
      accepted({ user, status: 'left' }),
    );
  });
});
