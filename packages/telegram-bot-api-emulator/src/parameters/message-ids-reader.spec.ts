import { describe, expect, it } from 'vitest';
import { BotApiParameters } from './bot-api-parameters.js';
import { readMessageIds } from './message-ids-reader.js';

const NONE = 'Bad Request: message identifiers are not specified';
const INVALID = 'Bad Request: invalid message identifier specified';

describe('readMessageIds', () => {
  it.each<[unknown, number[]]>([
    [[1], [1]],
    [
      [3, 1, 2, 1],
      [3, 1, 2, 1],
    ],
    [
      ['7', 8],
      [7, 8],
    ],
    ['[1, 2]', [1, 2]],
  ])('reads %j', (ids, expected) => {
    expect(read(ids)).toEqual(expected);
  });

  it('reads 100 of them and no more', () => {
    const ids = Array.from({ length: 100 }, (_unused, index) => index + 1);
    expect(read(ids)).toEqual(ids);
    expect(() => read([...ids, 101])).toThrow(
      'Bad Request: too many message identifiers specified',
    );
  });

  it.each<[unknown, string]>([
    ['', NONE],
    [[], NONE],
    ['[', "Bad Request: can't parse message identifiers JSON object"],
    ['7', 'Bad Request: expected an Array of message identifiers'],
    [{ 0: 1 }, 'Bad Request: expected an Array of message identifiers'],
    [[0], INVALID],
    [[1, -1], INVALID],
    [['x'], INVALID],
    [[null], INVALID],
    [[{}], INVALID],
  ])('refuses %j', (ids, description) => {
    expect(() => read(ids)).toThrow(description);
  });

  it('refuses a call that names none', () => {
    expect(() => readMessageIds(new BotApiParameters())).toThrow(NONE);
  });
});

function read(ids: unknown): number[] {
  const text = typeof ids === 'string' ? ids : JSON.stringify(ids);
  return readMessageIds(new BotApiParameters([['message_ids', { text, value: ids }]]));
}
