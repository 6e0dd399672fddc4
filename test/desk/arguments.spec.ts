import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TelegramArgumentError, ThreadMappingRepository } from '../../src/index.js';
import { TestDesk } from '../support/test-desk.js';

const valid = { threadId: 't1', text: 'Hello' };

/** What an app without types, or with rows of a database, passes as an id. */
const NO_IDS: ReadonlyArray<[shown: string, id: unknown, got: string]> = [
  ['42', 42, 'a number: pass it as a string'],
  ['0', 0, 'a number: pass it as a string'],
  ['2 ** 53', 2 ** 53, 'a number: pass it as a string'],
  ['1.5', 1.5, 'a number: pass it as a string'],
  ['9n', 9n, 'a bigint: pass it as a string'],
  ['NaN', Number.NaN, 'NaN'],
  ['Infinity', Number.POSITIVE_INFINITY, 'Infinity'],
  ['true', true, 'a boolean'],
  ['an object', { id: 1 }, 'an object'],
  ['an array', ['1'], 'an array'],
  ['a function', () => '1', 'a function'],
];

/** Texts of which Telegram would show nothing. */
const BLANK_TEXTS: ReadonlyArray<[name: string, text: string]> = [
  ['nothing', ''],
  ['spaces', '   '],
  ['line breaks', '\n\r\n\t\v\f\u0085'],
  ['wide and narrow spaces', '\u00a0\u1680\u2002\u200a\u202f\u205f\u3000'],
  ['separators', '\u2028\u2029'],
  ['characters without width', '\u200b\u200c\u200d\u2060\ufeff'],
  ['marks of direction', '\u200e\u200f\u061c\u202a\u202e\u2066\u2069'],
  ['fillers', '\u3164\u115f\u1160\uffa0\u2800\u034f\u17b4'],
  ['controls', '\u0000\u0007\u001b\u007f\u009b'],
  ['a soft hyphen and a selector', '\u00ad\ufe0f'],
  ['tags', '\u{e0041}\u{e007f}'],
  ['marks without a letter', '\u0301\u0301'],
  ['anchors of objects', '\ufff9\ufffa\ufffb\ufffc'],
];

describe('The arguments of TelegramService', () => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await TestDesk.start({ webhook: false });
  });
  afterEach(() => desk.stop());

  /** The words with which a notify method refuses what TypeScript would not let through. */
  async function refusalOf(
    argument: object,
    method: 'notifyNewThread' | 'notifyUserMessage' = 'notifyUserMessage',
  ): Promise<string> {
    const call: Promise<unknown> = Reflect.apply(desk.telegram[method], desk.telegram, [argument]);
    const error: unknown = await call.catch((reason: unknown) => reason);
    if (!(error instanceof TelegramArgumentError)) throw new Error(`Not refused: ${String(error)}`);
    const start = `${method}() was called with arguments that cannot work: `;
    expect(error.message.startsWith(start)).toBe(true);
    return error.message.slice(start.length);
  }

  it.each(NO_IDS)('refuse %s as an id, and say what to pass', async (_shown, id, got) => {
    expect(await refusalOf({ ...valid, threadId: id })).toBe(
      `threadId must be a string of 1 to 256 characters, got ${got}`,
    );
    expect(await refusalOf({ ...valid, messageId: id }, 'notifyNewThread')).toBe(
      `messageId must be a string of 1 to 256 characters, got ${got}`,
    );
    expect(await refusalOf({ ...valid, customer: { id } })).toBe(
      `customer.id must be a string, got ${got}`,
    );
  });

  it.each(NO_IDS)('refuse %s as the id of a dead letter or a thread', async (_shown, id, got) => {
    const { deadLetters } = desk.telegram;
    const mappings = desk.app.get(ThreadMappingRepository);
    const message = { chatId: -1, messageId: 1 };
    for (const [method, field, call] of [
      ['deadLetters.retry', 'id', () => Reflect.apply(deadLetters['retry'], deadLetters, [id])],
      ['deadLetters.discard', 'id', () => Reflect.apply(deadLetters['discard'], deadLetters, [id])],
      ['store', 'threadId', () => Reflect.apply(mappings['store'], mappings, [message, id])],
    ] as const) {
      const attempt: Promise<unknown> = Promise.resolve().then(call);
      const error: unknown = await attempt.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(TelegramArgumentError);
      expect(error).toMatchObject({ method, fields: [field] });
      expect(Object(error).message).toContain(`${field} must be a string`);
      expect(Object(error).message).toContain(`, got ${got}`);
    }
    expect(await mappings.find(message)).toBeNull();
  });

  it('are named once, whatever is wrong with them', async () => {
    const all = {
      threadId: '',
      text: 5,
      subject: {},
      url: 'nonsense',
      messageId: 'x'.repeat(257),
      customer: { id: 1, name: [], email: true },
    };
    const words = await refusalOf(all, 'notifyNewThread');
    for (const field of ['threadId', 'text', 'subject', 'url', 'messageId']) {
      expect(words.match(new RegExp(`(?<![.\\w])${field}\\b`, 'g'))).toHaveLength(1);
    }
    for (const field of ['customer.id', 'customer.name', 'customer.email']) {
      expect(words.split('; ').filter((problem) => problem.includes(field))).toHaveLength(1);
      expect(words.match(new RegExp(`\\b${field.slice('customer.'.length)}\\b`, 'g'))).toHaveLength(
        1,
      );
    }
    expect(await refusalOf({ ...valid, customer: 'Alice' })).toBe(
      'customer must be an object, got a string of 5 characters',
    );
    expect(await refusalOf({ ...valid, customer: new Map() })).toBe(
      'customer must be an object, got a Map',
    );
    const url = new URL('https://app.example.com');
    expect(await refusalOf({ ...valid, url }, 'notifyNewThread')).toMatch(/^url .*, got a URL$/);
    expect(await refusalOf({})).toBe(
      'threadId must be a string of 1 to 256 characters, got nothing; text must be a string that is not blank, got nothing',
    );
  });

  it.each(BLANK_TEXTS)(
    'refuse a text of %s, which Telegram would not show',
    async (_name, text) => {
      for (const method of ['notifyNewThread', 'notifyUserMessage'] as const) {
        expect(await refusalOf({ ...valid, text }, method)).toMatch(
          /^text must be a string that is not blank, got (an empty string|a string of \d+ characters?)$/,
        );
      }
      expect(desk.calls).toEqual([]);
    },
  );

  it.each([
    ...BLANK_TEXTS,
    ['tags around nothing', '<b> <i></i>\n</b>'],
    ['a link around nothing', '<a href="https://example.org">\u200b</a>'],
    ['entities of spaces', '&#32;&#xA0;&#8203;'],
    ['undefined', undefined],
    ['a number', 42],
  ])('keep sendMessage from posting a text of %s', async (_name, text) => {
    const { telegram } = desk;
    expect(await Reflect.apply(telegram['sendMessage'], telegram, [text])).toBeNull();
    const words = 'The message was not sent: message text is empty or blank';
    expect(desk.log.with('error', words)).toHaveLength(1);
    expect(desk.emulator.callsOf('sendMessage')).toEqual([]);
  });

  it.each(['.', '0', '\u{1f3f4}', ' a ', '\u0627', '\ud83d', '\ue000'])(
    'take %j as a text, since it shows something',
    async (text) => {
      const message = { ...valid, text };
      expect(await desk.telegram.notifyUserMessage(message)).toMatchObject({ accepted: true });
      await desk.chat.waitForMessage(() => true);
    },
  );

  it('of sendMessage may be an entity alone', async () => {
    expect(await desk.telegram.sendMessage('&#128512;')).toBe(desk.chat.messages[0]?.message_id);
    expect(await desk.telegram.sendMessage('&lt;')).not.toBeNull();
  });
});
