import { describe, expect, it } from 'vitest';
import { BotApiParameters } from './bot-api-parameters.js';
import { readEntities } from './entity-reader.js';

const RANGE = { offset: 0, length: 1 };
const PARSE = "Bad Request: can't parse MessageEntity: ";

describe('readEntities', () => {
  it.each([
    [undefined, ''],
    ['', ''],
    ['r', 'r'],
    ['R', 'r'],
    ['DT', 'DT'],
    ['TwD', 'wDT'],
    // The last of each counts.
    ['tTdD', 'DT'],
    ['TtDd', 'dt'],
  ])('reads a time in the format %j as %j', (format, dateTimeFormat) => {
    const entity = { type: 'date_time', ...RANGE, unix_time: 7, date_time_format: format };
    expect(read([entity])).toEqual([{ type: 'date_time', ...RANGE, unixTime: 7, dateTimeFormat }]);
  });

  it.each<[object, string]>([
    [{ type: 'date_time', ...RANGE }, 'Can\'t find field "unix_time"'],
    [
      { type: 'date_time', ...RANGE, unix_time: 7, date_time_format: 'rt' },
      'Invalid date-time format specified',
    ],
    [
      { type: 'date_time', ...RANGE, unix_time: 7, date_time_format: 's' },
      'Invalid date-time format specified',
    ],
  ])('refuses %j', (entity, description) => {
    expect(() => read([entity])).toThrow(`${PARSE}${description}`);
  });
});

function read(entities: readonly object[]): unknown {
  const parameter = { text: JSON.stringify(entities), value: entities };
  return readEntities(new BotApiParameters([['entities', parameter]]), 'entities');
}
