import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReferenceAnswer, ReferenceDesk, refused } from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: inline keyboards. The texts are of
 * Client.cpp of tdlib/telegram-bot-api and of the data centre.
 */

const PARSE = "Bad Request: can't parse inline keyboard button:";
const DATA_INVALID = 'Bad Request: BUTTON_DATA_INVALID';

/** What a button may do; of several, the first counts. */
const ACTIONS: ReadonlyArray<readonly [name: string, value: unknown]> = [
  ['url', 'https://example.com/'],
  ['callback_data', 'data'],
  ['callback_game', {}],
  ['pay', true],
  ['switch_inline_query', 'query'],
  ['switch_inline_query_current_chat', 'query'],
  ['switch_inline_query_chosen_chat', { query: 'query' }],
  ['login_url', { url: 'https://example.com/' }],
  ['web_app', { url: 'https://example.com/' }],
  ['copy_text', { text: 'text' }],
  ['disabled', {}],
];

describe('Inline keyboards', () => {
  let desk: ReferenceDesk;

  // No test looks at what another one has sent.
  beforeAll(async () => {
    desk = await ReferenceDesk.start({ limits: { group: false, overall: false } });
  });

  afterAll(() => desk.stop());

  function send(...buttons: object[]): Promise<ReferenceAnswer> {
    const reply_markup = { inline_keyboard: [buttons] };
    return desk.call('sendMessage', { chat_id: desk.group.id, text: 'hi', reply_markup });
  }

  const kept = (): unknown => desk.group.messages.at(-1)?.reply_markup;

  it.each([
    ['a byte', 'x'],
    ['64 bytes', 'x'.repeat(64)],
    ['64 bytes of 16 characters', '😀'.repeat(16)],
  ])('takes callback_data of %s', async (_size, callback_data) => {
    expect(await send({ text: 'x', callback_data })).toMatchObject({ status: 200 });
    expect(kept()).toEqual({ inline_keyboard: [[{ text: 'x', callback_data }]] });
  });

  it.each([
    ['65 bytes', 'x'.repeat(65)],
    ['33 characters in 66 bytes', 'é'.repeat(33)],
  ])('refuses callback_data of %s', async (_size, callback_data) => {
    expect(await send({ text: 'x', callback_data })).toEqual(refused(400, DATA_INVALID));
  });

  it('takes 100 buttons and no more', async () => {
    const button = { text: 'x', callback_data: 'x' };
    const buttons = Array.from({ length: 100 }, () => button);
    expect(await send(...buttons)).toMatchObject({ status: 200 });
    expect(await send(...buttons, button)).toEqual(
      refused(400, 'Bad Request: reply markup is too long'),
    );
  });

  it.each<[what: string, button: object, description: string]>([
    [
      'without a text',
      { text: ' ', callback_data: 'x' },
      'Bad Request: inline keyboard button text must be non-empty',
    ],
    [
      'without an action',
      { text: 'x' },
      `${PARSE} Text buttons are unallowed in the inline keyboard`,
    ],
    [
      'with an empty action',
      { text: 'x', url: '', callback_data: '' },
      `${PARSE} Text buttons are unallowed in the inline keyboard`,
    ],
    [
      'in another style',
      { text: 'x', callback_data: 'x', style: 'loud' },
      `${PARSE} invalid button style specified`,
    ],
    [
      'that leads nowhere',
      { text: 'x', url: 'nowhere' },
      "Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ],
    [
      'that leads elsewhere than to the web',
      { text: 'x', url: 'ftp://example.com' },
      "Bad Request: inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
    ],
    [
      'whose data is null',
      { text: 'x', callback_data: null },
      `${PARSE} Field "callback_data" must be of type String`,
    ],
  ])('refuses a button %s', async (_what, button, description) => {
    expect(await send(button)).toEqual(refused(400, description));
  });

  it.each(['primary', 'success', 'danger'])('takes a button in the style %s', async (style) => {
    const button = { text: 'x', style, callback_data: 'x' };
    expect(await send(button)).toMatchObject({ status: 200 });
    expect(kept()).toEqual({ inline_keyboard: [[button]] });
  });

  it.each(
    ACTIONS.slice(1).map(([lower], index) => [ACTIONS[index]?.[0] ?? '', lower, index] as const),
  )('prefers %s to %s', async (higher, _lower, index) => {
    const [first, second] = ACTIONS.slice(index);
    const button = Object.fromEntries([second, first].map((action) => action ?? ['', '']));
    expect(await send({ text: 'x', ...button })).toMatchObject({ status: 200 });
    expect(kept()).toEqual({ inline_keyboard: [[{ text: 'x', [higher]: first?.[1] }]] });
  });

  it.each<[string, object]>([
    ['x', { status: 200 }],
    ['😀'.repeat(256), { status: 200 }],
    ['', refused(400, 'Bad Request: BUTTON_COPY_TEXT_INVALID')],
    ['x'.repeat(257), refused(400, 'Bad Request: BUTTON_COPY_TEXT_INVALID')],
  ])('lets 1 to 256 characters be copied (CopyTextButton): %s', async (text, answer) => {
    expect(await send({ text: 'x', copy_text: { text } })).toMatchObject(answer);
  });

  it.each([
    ['copy_text', 'x', `${PARSE} Field "copy_text" must be of type Object`],
    ['copy_text', {}, `${PARSE} Can't find field "text"`],
    ['disabled', true, `${PARSE} Field "disabled" must be of type Object`],
  ])('refuses %s that is %j', async (action, value, description) => {
    expect(await send({ text: 'x', [action]: value })).toEqual(refused(400, description));
  });

  it('may open a reply, which an edit does not change (Bot API 10.3, InlineKeyboardMarkup)', async () => {
    const inline_keyboard = [[{ text: 'x', callback_data: 'x' }]];
    const forced = { inline_keyboard, force_reply: true };
    const message_id = await desk.send(desk.group, { reply_markup: forced });
    expect(kept()).toEqual(forced);
    const edit = { chat_id: desk.group.id, message_id, text: 'other' };
    await desk.result('editMessageText', { ...edit, reply_markup: { inline_keyboard } });
    expect(kept()).toEqual(forced);
  });

  it('does not look at what does not count', async () => {
    const button = { text: 'x', url: 'https://example.com/', callback_data: 'x'.repeat(65) };
    expect(await send(button)).toMatchObject({ status: 200 });
  });
});
