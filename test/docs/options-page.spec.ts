import { getMetadataStorage } from 'class-validator';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../src/config/default-options.js';
import { VARIABLES } from '../../src/config/environment-variables.js';
import {
  BusinessHours,
  CardOptions,
  ClaimOptions,
  DeskOptions,
  FileOptions,
  PollingOptions,
  PrivacyOptions,
  RateLimitOptions,
  ReactionOptions,
  ReminderOptions,
  ReplyOptions,
  TelegramModuleOptions,
  TopicOptions,
} from '../../src/index.js';
import { projectFolder } from '../support/run.js';

/** The options that are objects, whose fields have rows of their own. */
const NESTED = {
  polling: PollingOptions,
  topics: TopicOptions,
  replies: ReplyOptions,
  files: FileOptions,
  claims: ClaimOptions,
  reactions: ReactionOptions,
  card: CardOptions,
  privacy: PrivacyOptions,
  reminders: ReminderOptions,
};

/** The options that are objects, whose row names all of their fields. */
const IN_ONE_ROW = { hours: BusinessHours, rateLimit: RateLimitOptions };

const { groupRateLimit, privateRateLimit, ...WITH_ROWS } = DEFAULT_OPTIONS;

/** Defaults that are no single value. */
const IN_WORDS = new Map([
  ['reminders.closeWarningMs', 'a quarter of `closeAfterMs`, a day at most'],
  ['replies.snippets', 'none'],
  ['hours', 'always open'],
]);

const page = await readFile(join(projectFolder, 'docs/options.md'), 'utf8');

describe('The page of options', () => {
  it('has a row for every option of a bot, and for no other', () => {
    const rows = rowsOf('All options').keys();
    const fields = Object.entries(NESTED).flatMap(([name, type]) =>
      namesOf(type).map((field) => `${name}.${field}`),
    );
    // Some of these have a row for the whole, too, such as `replies`, which may be false.
    const wanted = new Set([...namesOf(TelegramModuleOptions), ...fields]);
    const whole = Object.keys(NESTED).filter((name) => !rowsOf('All options').has(name));
    for (const name of whole) wanted.delete(name);
    expect([...rows].toSorted()).toEqual([...wanted].toSorted());
  });

  it.each(Object.entries(IN_ONE_ROW))('names all fields of %s in one row', (name, type) => {
    const row = rowsOf('All options').get(name);
    for (const field of namesOf(type)) expect(row).toContain(field);
  });

  it('says the default of every option, and its type, as they are in the code', () => {
    const rows = rowsOf('All options');
    const defaults = Object.entries(WITH_ROWS).flatMap(
      ([name, value]): Array<readonly [string, unknown]> =>
        name in NESTED
          ? Object.entries(value).map(([field, own]) => [`${name}.${field}`, own] as const)
          : [[name, value] as const],
    );
    for (const [name, value] of defaults) {
      const [, type, , inPage] = cellsOf(rows.get(name));
      const withoutUnit = inPage?.replace(/ \(.*\)$/, '').replaceAll(/(?<=\d)_(?=\d)/g, '');
      const inCode = IN_WORDS.get(name) ?? `\`${textOf(value)}\``;
      expect({ name, default: withoutUnit }).toEqual({ name, default: inCode });
      expect({ name, type }).toEqual({ name, type: expect.stringContaining(typeof value) });
    }
  });

  it('says the rate limits as they are in the code', () => {
    const [, , , limits] = cellsOf(rowsOf('All options').get('rateLimit'));
    const window = groupRateLimit.windowMs.toLocaleString('en');
    expect(privateRateLimit.windowMs).toBe(groupRateLimit.windowMs);
    expect(limits).toBe(
      `${groupRateLimit.messages} in ${window} ms in groups, ${privateRateLimit.messages} in private chats`,
    );
  });

  it('names the variable that each option is read from, and no other', () => {
    const named = [...rowsOf('All options')].flatMap(([name, row]) => {
      const [, , variable = ''] = cellsOf(row);
      return variable === '' ? [] : [[name, variable]];
    });
    const read = Object.entries(VARIABLES).map(([name, variable]) => [name, `\`${variable}\``]);
    expect(Object.fromEntries(named)).toEqual(Object.fromEntries(read));
  });

  it('has a row for every option of a desk, and for no other', () => {
    expect([...rowsOf('Options of a desk').keys()].toSorted()).toEqual(
      namesOf(DeskOptions).toSorted(),
    );
  });
});

/** The rows of the tables of a section by the option that they are about. */
function rowsOf(heading: string): Map<string, string> {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  const rows = [...String(section).matchAll(/^\| `([\w.]+)`.*$/gm)];
  return new Map(rows.map(([row, name]) => [String(name), row]));
}

/** The options that a class has, by what checks them. */
function namesOf(type: new () => object): string[] {
  const checks = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return [...new Set(checks.map(({ propertyName }) => propertyName))];
}

/** The cells of a row, from its first. */
function cellsOf(row = ''): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** As the page writes a value in code. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([name, field]) => `${name}: '${field}'`);
  return `{ ${fields.join(', ')} }`;
}
