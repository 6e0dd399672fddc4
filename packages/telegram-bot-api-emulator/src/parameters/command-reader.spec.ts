import { describe, expect, it } from 'vitest';
import { BotApiParameters } from './bot-api-parameters.js';
import { checkCommands, readCommands } from './command-reader.js';

const PARSE = "Bad Request: can't parse BotCommand: ";
const COMMAND = { command: 'start', description: 'Starts' };

describe('readCommands', () => {
  it.each<[unknown, unknown]>([
    [[], []],
    ['', []],
    [[COMMAND], [COMMAND]],
    ['[{"command":"start","description":"Starts"}]', [COMMAND]],
    [[{ command: '/start', description: ' Starts ' }], [COMMAND]],
    [[{ command: ' /start ', description: 'Starts' }], [COMMAND]],
    [[{ command: 7, description: 8 }], [{ command: '7', description: '8' }]],
    [[{ ...COMMAND, is_ephemeral: true, foo: 2 }], [{ ...COMMAND, is_ephemeral: true }]],
    [[{ ...COMMAND, is_ephemeral: false }], [COMMAND]],
    [
      [{ command: 'a_1', description: '😀'.repeat(256) }],
      [{ command: 'a_1', description: '😀'.repeat(256) }],
    ],
    [
      [{ command: 'x'.repeat(32), description: 'x' }],
      [{ command: 'x'.repeat(32), description: 'x' }],
    ],
  ])('reads %j', (commands, expected) => {
    expect(read(commands)).toEqual(expected);
  });

  it('finds none in a call that names none', () => {
    expect(readCommands(new BotApiParameters())).toEqual([]);
  });

  it.each<[unknown, string]>([
    ['[', "Bad Request: can't parse commands JSON object"],
    ['{}', 'Bad Request: expected an Array of BotCommand'],
    [['start'], `${PARSE}expected an Object`],
    [[{ description: 'x' }], `${PARSE}Can't find field "command"`],
    [[{ command: 'start' }], `${PARSE}Can't find field "description"`],
    [[{ ...COMMAND, command: [] }], `${PARSE}Field "command" must be of type String`],
    [[{ ...COMMAND, is_ephemeral: 1 }], `${PARSE}Field "is_ephemeral" must be of type Boolean`],
    [[{ ...COMMAND, command: '' }], 'Bad Request: command must be non-empty'],
    [[{ ...COMMAND, command: ' / ' }], 'Bad Request: command must be non-empty'],
    [[{ ...COMMAND, command: 'x'.repeat(33) }], 'Bad Request: command length must not exceed 32'],
    [[{ ...COMMAND, description: ' ' }], 'Bad Request: command description must be non-empty'],
    [
      [{ ...COMMAND, description: '😀'.repeat(257) }],
      'Bad Request: command description length must not exceed 256',
    ],
    [[COMMAND, { ...COMMAND, command: 'Start' }], 'Bad Request: BOT_COMMAND_INVALID'],
    [[{ ...COMMAND, command: '//start' }], 'Bad Request: BOT_COMMAND_INVALID'],
    [[{ ...COMMAND, command: 'a-b' }], 'Bad Request: BOT_COMMAND_INVALID'],
    [[{ ...COMMAND, command: 'grüße' }], 'Bad Request: BOT_COMMAND_INVALID'],
  ])('refuses %j', (commands, description) => {
    expect(() => read(commands)).toThrow(description);
  });

  it('reads 100 commands and no more', () => {
    const commands = Array.from({ length: 100 }, () => COMMAND);
    expect(read(commands)).toHaveLength(100);
    expect(() => read([...commands, COMMAND])).toThrow('Bad Request: BOT_COMMANDS_TOO_MUCH');
  });
});

function read(commands: unknown): unknown {
  const text = typeof commands === 'string' ? commands : JSON.stringify(commands);
  return checkCommands(
    readCommands(new BotApiParameters([['commands', { text, value: commands }]])),
  );
}
