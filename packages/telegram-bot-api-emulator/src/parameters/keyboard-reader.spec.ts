import { describe, expect, it } from 'vitest';
import { BotApiParameters } from './bot-api-parameters.js';
import { checkCallbackData, checkKeyboard, readKeyboard } from './keyboard-reader.js';

const PARSE = "Bad Request: can't parse inline keyboard button: ";
const BUTTON = { text: 'A', callback_data: 'a' };

describe('readKeyboard', () => {
  it.each([undefined, ''])('finds none in %j', (text) => {
    expect(readKeyboard(createParameters(text))).toBeUndefined();
  });

  it('reads rows of buttons', () => {
    const markup = {
      inline_keyboard: [[BUTTON, { text: 'B', url: 'https://example.com' }], [BUTTON]],
    };
    expect(read(markup)).toEqual(markup);
  });

  it.each<[string, object, object?]>([
    ['its looks', { ...BUTTON, style: 'danger', icon_custom_emoji_id: '7' }],
    ['no field that there is not', { ...BUTTON, foo: 1, TEXT: 'x' }, BUTTON],
    ['numbers as texts', { text: 7, callback_data: 8 }, { text: '7', callback_data: '8' }],
    ['the URL, not the data', { ...BUTTON, url: 'a.b' }, { text: 'A', url: 'a.b' }],
    ['the data, not an empty URL', { ...BUTTON, url: '' }, BUTTON],
    ['a query, even an empty one', { text: 'A', switch_inline_query: '' }],
    [
      'the game, not the query',
      { text: 'A', switch_inline_query: '', callback_game: {} },
      { text: 'A', callback_game: {} },
    ],
    [
      'what pays, not empty data',
      { text: 'A', callback_data: '', pay: true },
      { text: 'A', pay: true },
    ],
    ['an app', { text: 'A', web_app: { url: 'https://example.com' } }],
    ['what is copied', { text: 'A', copy_text: { text: 'x' } }],
    ['data of any length', { text: 'A', callback_data: 'x'.repeat(65) }],
    ['an empty text', { text: '', callback_data: 'a' }],
  ])('keeps of a button %s', (_what, button, kept = button) => {
    expect(read({ inline_keyboard: [[button]] })).toEqual({ inline_keyboard: [[kept]] });
  });

  it('leaves out rows without buttons', () => {
    expect(read({ inline_keyboard: [[], [BUTTON], []] })).toEqual({ inline_keyboard: [[BUTTON]] });
  });

  it.each([
    { inline_keyboard: [] },
    { inline_keyboard: [[], []] },
    {},
    { keyboard: [['A', { text: 'B' }]], resize_keyboard: true },
    { remove_keyboard: true },
    { force_reply: true },
  ])('keeps nothing of %j', (markup) => {
    expect(read(markup)).toBeUndefined();
  });

  it.each<[unknown, string]>([
    ['{', "Bad Request: can't parse reply keyboard markup JSON object"],
    ['null', 'Bad Request: object expected as reply markup'],
    ['[]', 'Bad Request: object expected as reply markup'],
    ['"x"', 'Bad Request: object expected as reply markup'],
    [
      { inline_keyboard: {} },
      'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array',
    ],
    [
      { inline_keyboard: [BUTTON] },
      'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ],
    [
      { keyboard: [{}] },
      'Bad Request: field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays',
    ],
    [{ inline_keyboard: [['A']] }, `${PARSE}InlineKeyboardButton must be an Object`],
    [{ inline_keyboard: [[null]] }, `${PARSE}InlineKeyboardButton must be an Object`],
    [{ inline_keyboard: [[{}]] }, `${PARSE}Can't find field "text"`],
    [{ inline_keyboard: [[{ text: [] }]] }, `${PARSE}Field "text" must be of type String`],
    [
      { inline_keyboard: [[{ text: 'A' }]] },
      `${PARSE}Text buttons are unallowed in the inline keyboard`,
    ],
    [
      { inline_keyboard: [[{ text: 'A', url: '', callback_data: '' }]] },
      `${PARSE}Text buttons are unallowed in the inline keyboard`,
    ],
    [
      { inline_keyboard: [[BUTTON], [{ text: 'A', callback_data: {} }]] },
      `${PARSE}Field "callback_data" must be of type String`,
    ],
    [
      { inline_keyboard: [[{ ...BUTTON, url: null }]] },
      `${PARSE}Field "url" must be of type String`,
    ],
    [
      { inline_keyboard: [[{ ...BUTTON, style: 'loud' }]] },
      `${PARSE}invalid button style specified`,
    ],
  ])('refuses %j', (markup, description) => {
    expect(() => read(markup)).toThrow(description);
  });
});

describe('checkKeyboard', () => {
  it.each([
    'https://example.com/a?b#c',
    'http://example.com',
    'example.com/x',
    'tg://user?id=1',
    'TG://resolve?domain=a',
    'ton://transfer/x',
    'http://[::1]/',
  ])('takes a button that leads to %s', (url) => {
    expect(() => checkKeyboard({ inline_keyboard: [[{ text: 'A', url }]] })).not.toThrow();
  });

  it.each([
    ['nowhere', 'Wrong HTTP URL'],
    ['http://localhost/', 'Wrong HTTP URL'],
    ['ftp://example.com', 'Unsupported URL protocol'],
  ])('refuses a button that leads to %s: %s', (url, reason) => {
    expect(() => checkKeyboard({ inline_keyboard: [[{ text: 'A', url }]] })).toThrow(
      `Bad Request: inline keyboard button URL '${url}' is invalid: ${reason}`,
    );
  });

  it.each(['', ' ', '\n\t'])('refuses a button with the text %j', (text) => {
    expect(() => checkKeyboard({ inline_keyboard: [[{ ...BUTTON, text }]] })).toThrow(
      'Bad Request: inline keyboard button text must be non-empty',
    );
  });
});

describe('checkCallbackData', () => {
  it.each([
    ['x', true],
    ['x'.repeat(64), true],
    ['😀'.repeat(16), true],
    ['x'.repeat(65), false],
    [`${'😀'.repeat(16)}x`, false],
  ])('counts the bytes of %j', (callback_data, isTaken) => {
    const check = (): void =>
      checkCallbackData({ inline_keyboard: [[{ text: 'A', callback_data }]] });
    expect(outcomeOf(check)).toBe(isTaken ? 'taken' : 'Bad Request: BUTTON_DATA_INVALID');
  });

  it.each([
    [100, 'taken'],
    [101, 'Bad Request: reply markup is too long'],
  ])('of %i buttons says: %s', (count, outcome) => {
    const rows = Array.from({ length: count }, () => [BUTTON]);
    expect(outcomeOf(() => checkCallbackData({ inline_keyboard: rows }))).toBe(outcome);
  });
});

function createParameters(text: string | undefined): BotApiParameters {
  return new BotApiParameters(text === undefined ? [] : [['reply_markup', { text, value: text }]]);
}

function read(markup: unknown): unknown {
  return readKeyboard(
    createParameters(typeof markup === 'string' ? markup : JSON.stringify(markup)),
  );
}

function outcomeOf(check: () => void): string {
  try {
    check();
    return 'taken';
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
}
