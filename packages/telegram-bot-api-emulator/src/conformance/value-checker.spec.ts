import { describe, expect, it } from 'vitest';
import { BOT_API_SCHEMA } from './bot-api-schema.js';
import type { TypeSpec } from './bot-api-schema.interface.js';
import { NameSuggester } from './name-suggester.js';
import { TypeCatalog } from './type-catalog.js';
import { ValueChecker } from './value-checker.js';

const MARKUP = {
  anyOf: ['InlineKeyboardMarkup', 'ReplyKeyboardMarkup', 'ReplyKeyboardRemove', 'ForceReply'],
};
const ALBUM = BOT_API_SCHEMA.methods['sendMediaGroup']?.required?.['media'] ?? 'missing';
const BUTTONS = '"callback_data", "copy_text", "disabled", "callback_game", "login_url"';

function check(type: TypeSpec, value: unknown): string[] {
  const catalog = new TypeCatalog(BOT_API_SCHEMA);
  const suggester = new NameSuggester(BOT_API_SCHEMA.renamed);
  return new ValueChecker(catalog, suggester, new Set()).check(type, value, 'it');
}

function keyboard(...buttons: unknown[]): object {
  return { inline_keyboard: [buttons] };
}

describe('ValueChecker', () => {
  it.each<[string, TypeSpec, unknown, string[]]>([
    [
      'a field of another type',
      'ReplyParameters',
      { message_id: '7' },
      ['"it.message_id" must be a number but is the string "7"'],
    ],
    [
      'null',
      'ReplyParameters',
      { message_id: null, quote: null },
      ['"it.message_id" must be a number but is null', '"it.quote" must be a string but is null'],
    ],
    [
      'unknown and missing fields',
      'BotCommand',
      { command: 'help', descripton: 'Help' },
      [
        '"it.descripton" is no field of BotCommand; did you mean "description"?',
        '"it.description" is missing',
      ],
    ],
    [
      'a field that every object inherits',
      'BotCommand',
      { command: 'help', description: 'Help', constructor: 1 },
      ['"it.constructor" is no field of BotCommand'],
    ],
    [
      'false where only true is possible',
      MARKUP,
      { remove_keyboard: false },
      ['"it.remove_keyboard" must be true but is the boolean false'],
    ],
    [
      'an item of an array',
      { list: 'MessageEntity' },
      [{ type: 'bold', offset: 0, length: 1 }, 'bold'],
      ['"it[1]" must be an object but is the string "bold"'],
    ],
    [
      'an item of an array of arrays',
      MARKUP,
      { inline_keyboard: [[{ text: 'A', url: 'x' }], [{ text: 'B', url: 5 }]] },
      ['"it.inline_keyboard[1][0].url" must be a string but is the number 5'],
    ],
    [
      'an array where an array of arrays is due',
      MARKUP,
      { inline_keyboard: [{ text: 'A', url: 'x' }] },
      ['"it.inline_keyboard[0]" must be an array but is an object'],
    ],
    [
      'JSON in a text, which only parameters may be',
      'InlineQueryResult',
      { type: 'article', id: '1', title: 'A', input_message_content: '{"message_text":"x"}' },
      [
        String.raw`"it.input_message_content" must be an object but is the string "{\"message_text\":\"x\"}"`,
      ],
    ],
    [
      'legacy fields',
      'InlineQueryResult',
      {
        type: 'article',
        id: '1',
        title: 'A',
        thumb_url: 'x',
        input_message_content: { message_text: 'x', disable_web_page_preview: true },
      },
      [
        '"it.thumb_url" is a legacy name; use "thumbnail_url" instead',
        '"it.input_message_content.disable_web_page_preview" is a legacy name; use "link_preview_options" instead',
      ],
    ],
  ])('reports %s', (_name, type, value, problems) => {
    expect(check(type, value)).toEqual(problems);
  });

  it('does not lose its way in values that are nested without an end', () => {
    let text: unknown = 'x';
    for (let depth = 0; depth < 100_000; depth++) text = [text];
    expect(check('RichText', text)).toEqual([expect.stringMatching(/is nested too deeply$/)]);
  });
});

describe('ValueChecker, when a text identifies the type of an object,', () => {
  it.each<[string, TypeSpec, object, string]>([
    ['a field of that type', 'ReactionType', { type: 'emoji', emoji: 5 }, '"it.emoji" must be one'],
    [
      'a field it lacks',
      'ReactionType',
      { type: 'custom_emoji' },
      '"it.custom_emoji_id" is missing',
    ],
    [
      'a field of another type',
      'ReactionType',
      { type: 'paid', emoji: '👍' },
      '"it.emoji" is no field of ReactionTypePaid',
    ],
    [
      'a type that is none',
      'ReactionType',
      { type: 'emojis', emoji: '👍' },
      '"it.type" must be one of "custom_emoji", "emoji", "paid" but is the string "emojis"; did you mean "emoji"?',
    ],
    ['a number for the type', 'ReactionType', { type: 1 }, 'but is the number 1'],
    ['no type', 'ReactionType', { emoji: '👍' }, '"it.type" is missing'],
    [
      'a value of the field',
      'InputMedia',
      { type: 'photo', media: 'x', caption: 5 },
      '"it.caption" must be a string but is the number 5',
    ],
    [
      'a field of another medium',
      'InputMedia',
      { type: 'photo', media: 'x', duration: 5 },
      '"it.duration" is no field of InputMediaPhoto',
    ],
    [
      'a type that is none here',
      'InputMedia',
      { type: 'sticker', media: 'x' },
      '"it.type" must be one of "animation"',
    ],
    [
      'what the type needs',
      'MessageEntity',
      { type: 'text_link', offset: 0, length: 1 },
      '"it.url" is missing',
    ],
    [
      'what the type does not have',
      'MessageEntity',
      { type: 'bold', offset: 0, length: 1, url: 'x' },
      '"it.url" is no field of MessageEntity.CommonMessageEntity',
    ],
    [
      'one of two types with one text',
      'InlineQueryResult',
      { type: 'photo', id: '1', photo_file_id: 5 },
      '"it.photo_file_id" must be a string but is the number 5',
    ],
    [
      'the other of two types with one text',
      'InlineQueryResult',
      { type: 'photo', id: '1', photo_url: 'x' },
      '"it.thumbnail_url" is missing',
    ],
    [
      'a second text',
      'PassportElementError',
      { source: 'selfie', type: 'address', file_hash: 'x', message: 'x' },
      '"it.type" must be one of "passport"',
    ],
  ])('reports %s', (_name, type, value, problem) => {
    expect(check(type, value)).toEqual([expect.stringContaining(problem)]);
  });
});

describe('ValueChecker, when names identify the type of an object,', () => {
  it.each<[string, TypeSpec, unknown]>([
    ['a button with a link', MARKUP, keyboard({ text: 'A', url: 'x' })],
    ['a button with data', MARKUP, keyboard({ text: 'A', callback_data: 'x', style: 'danger' })],
    ['a game', MARKUP, keyboard({ text: 'A', callback_game: {} })],
    ['a keyboard with texts and objects', MARKUP, { keyboard: [['A', { text: 'B' }]] }],
    ['a request', MARKUP, { keyboard: [[{ text: 'B', request_contact: true }]] }],
    ['a place', 'InputMessageContent', { latitude: 1.5, longitude: 2 }],
    ['a venue', 'InputMessageContent', { latitude: 1, longitude: 2, title: 'A', address: 'B' }],
  ])('takes %s', (_name, type, value) => {
    expect(check(type, value)).toEqual([]);
  });

  it.each<[string, TypeSpec, object, string[]]>([
    [
      'a value',
      MARKUP,
      keyboard({ text: 'A', callback_data: 5 }),
      ['"it.inline_keyboard[0][0].callback_data" must be a string but is the number 5'],
    ],
    [
      'a common field that is missing',
      MARKUP,
      keyboard({ url: 'x' }),
      ['"it.inline_keyboard[0][0].text" is missing'],
    ],
    [
      'what stands for two types',
      MARKUP,
      keyboard({ text: 'A', callback_data: 'x', url: 'x' }),
      ['"it.inline_keyboard[0][0].url" is no field of InlineKeyboardButton.CallbackButton'],
    ],
    [
      'what stands for no type',
      MARKUP,
      keyboard({ text: 'A' }),
      [`"it.inline_keyboard[0][0]" needs one of ${BUTTONS}`],
    ],
    [
      'an unknown name in place of a known one',
      MARKUP,
      keyboard({ text: 'A', callbackData: 'x' }),
      [
        '"it.inline_keyboard[0][0].callbackData" is no field of InlineKeyboardButton; did you mean "callback_data"?',
        `"it.inline_keyboard[0][0]" needs one of ${BUTTONS}`,
      ],
    ],
    [
      'nothing at all',
      MARKUP,
      {},
      ['"it" needs one of "inline_keyboard", "keyboard", "remove_keyboard", "force_reply"'],
    ],
    [
      'a name that no type knows',
      MARKUP,
      { inlinekeyboard: [] },
      [
        '"it.inlinekeyboard" is no field here; did you mean "inline_keyboard"?',
        '"it" needs one of "inline_keyboard"',
      ],
    ],
  ])('reports %s', (_name, type, value, problems) => {
    expect(check(type, value)).toEqual(problems.map((problem) => expect.stringContaining(problem)));
  });
});

describe('Where arrays are of several types, ValueChecker', () => {
  const photo = { type: 'photo', media: 'x' };
  const audio = { type: 'audio', media: 'x' };

  it.each([
    ['photos and videos', [photo, { type: 'video', media: 'x' }]],
    ['audio', [audio, audio]],
    ['nothing', []],
  ])('takes %s', (_name, album) => {
    expect(check(ALBUM, album)).toEqual([]);
  });

  it.each<[string, unknown[], string[]]>([
    [
      'a field of the one that fits',
      [{ ...photo, caption: 5 }],
      ['"it[0].caption" must be a string but is the number 5'],
    ],
    [
      'an item that does not go with most',
      [photo, audio, photo],
      ['"it[1].type" must be one of "live_photo", "photo", "video" but is the string "audio"'],
    ],
    [
      'an item of no type',
      [{ type: 'animation', media: 'x' }],
      ['"it[0].type" must be one of "audio", "document", "live_photo", "photo", "video" but is'],
    ],
    ['what is no object', ['x'], ['"it[0]" must be an object but is the string "x"']],
  ])('reports %s', (_name, album, problems) => {
    expect(check(ALBUM, album)).toEqual(
      problems.map((problem) => expect.stringContaining(problem)),
    );
  });
});
