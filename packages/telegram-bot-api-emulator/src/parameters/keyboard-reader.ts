import type { CopyTextButton, InlineKeyboardMarkup, Message } from '@grammyjs/types';
import { BotApiError } from '../common/bot-api.error.js';
import { parseHttpUrl } from '../text/telegram-link.js';
import { TextError } from '../text/text.error.js';
import type { BotApiParameters } from './bot-api-parameters.js';
import { isJsonObject, type JsonObject, optionalString, requiredString } from './json-fields.js';

type Markup = NonNullable<Message['reply_markup']>;

/** What makes a button of an inline keyboard do something, unless it is empty; the first counts. */
const TEXT_ACTIONS = ['url', 'callback_data'] as const;
/** What makes it do something otherwise; of several the first counts. */
const OTHER_ACTIONS = [
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'login_url',
  'web_app',
  'copy_text',
  // Of Bot API 10.3; where it stands among the others is inferred, its source is not published.
  'disabled',
] as const;
const STYLES = ['', 'danger', 'primary', 'success'];
/** In bytes of UTF-8. */
const MAX_CALLBACK_DATA_BYTES = 64;
/** In characters; the documentation of `CopyTextButton` says so. */
const MAX_COPIED_LENGTH = 256;
/** More buttons are too long for Telegram; its limit goes by size and is not published. */
const MAX_BUTTONS = 100;

/** What a button has besides its action. */
const LOOKS = ['text', 'icon_custom_emoji_id', 'style'];

/**
 * Reads `reply_markup`. Only inline keyboards are part of a message; the others say what the client
 * what to show.
 *
 * @throws {@link BotApiError}
 */
export function readKeyboard(parameters: BotApiParameters): InlineKeyboardMarkup | undefined {
  let markup: unknown;
  try {
    markup = parameters.json('reply_markup');
  } catch {
    throw BotApiError.of(400, "can't parse reply keyboard markup JSON object");
  }
  if (markup === undefined) return undefined;
  if (!isJsonObject(markup)) throw BotApiError.of(400, 'object expected as reply markup');
  readRows(markup, 'keyboard', 'ReplyKeyboardMarkup');
  const rows = readRows(markup, 'inline_keyboard', 'InlineKeyboardMarkup');
  const buttons = rows.map((row) => row.map(readButton)).filter((row) => row.length > 0);
  const keyboard = { inline_keyboard: buttons, ...readForceReply(markup) };
  // A keyboard without buttons is none.
  return buttons.length > 0 && isInlineKeyboard(keyboard) ? keyboard : undefined;
}

/**
 * Checks what td, and after it the data centre, checks of an inline keyboard once the chat is
 * known: texts, URLs and the size of the callback data.
 *
 * @throws {@link BotApiError}
 */
export function checkKeyboard({ inline_keyboard: rows }: InlineKeyboardMarkup): void {
  for (const button of rows.flat()) {
    if (button.text.trim() === '') {
      throw BotApiError.of(400, 'inline keyboard button text must be non-empty');
    }
    if ('url' in button) checkUrl(button.url);
  }
}

/**
 * Checks what only the data centre checks: how many buttons there are, and how long their callback data and the
 * texts to copy are.
 *
 * @throws {@link BotApiError}
 */
export function checkCallbackData({ inline_keyboard: rows }: InlineKeyboardMarkup): void {
  const buttons = rows.flat();
  if (buttons.length > MAX_BUTTONS) throw BotApiError.of(400, 'reply markup is too long');
  for (const button of buttons) {
    if ('copy_text' in button) checkCopiedText(button.copy_text);
    if (!('callback_data' in button)) continue;
    const size = Buffer.byteLength(button.callback_data);
    if (size > MAX_CALLBACK_DATA_BYTES) throw BotApiError.of(400, 'BUTTON_DATA_INVALID');
  }
}

/** Since Bot API 10.3 an inline keyboard may open a reply, too. */
function readForceReply(markup: JsonObject): { readonly force_reply?: true } {
  return markup['inline_keyboard'] !== undefined && markup['force_reply'] === true
    ? { force_reply: true }
    : {};
}

/** The error is named in the documentation of MTProto, `messages.sendMessage`. */
function checkCopiedText({ text }: CopyTextButton): void {
  const { length } = Array.from(text);
  if (length === 0 || length > MAX_COPIED_LENGTH) {
    throw BotApiError.of(400, 'BUTTON_COPY_TEXT_INVALID');
  }
}

function readRows(markup: JsonObject, field: string, type: string): JsonObject[][] {
  const rows = markup[field];
  if (rows === undefined) return [];
  const failure = `field "${field}" of the ${type} must be an Array`;
  if (!Array.isArray(rows)) throw BotApiError.of(400, failure);
  return rows.map((row: unknown) => {
    if (!Array.isArray(row)) throw BotApiError.of(400, `${failure} of Arrays`);
    return row.map((button: unknown) => {
      const isButton = isJsonObject(button) || (field === 'keyboard' && typeof button === 'string');
      if (!isButton) {
        const what = field === 'keyboard' ? 'keyboard button' : 'inline keyboard button';
        const expected =
          field === 'keyboard'
            ? 'KeyboardButton must be an Object'
            : 'InlineKeyboardButton must be an Object';
        throw BotApiError.of(400, `can't parse ${what}: ${expected}`);
      }
      return isJsonObject(button) ? button : {};
    });
  });
}

/** A button with the one action that counts. */
function readButton(button: JsonObject): JsonObject {
  try {
    const text = requiredString(button, 'text');
    if (!STYLES.includes(optionalString(button, 'style'))) {
      throw new TextError('invalid button style specified');
    }
    const looks = Object.entries(button).filter(([name]) => LOOKS.includes(name));
    return { ...Object.fromEntries(looks), text, ...readAction(button) };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiError.of(400, `can't parse inline keyboard button: ${error.message}`);
  }
}

/** @throws {@link TextError} When the button has none. */
function readAction(button: JsonObject): JsonObject {
  for (const name of TEXT_ACTIONS) {
    const value = optionalString(button, name);
    if (value !== '') return { [name]: value };
  }
  const action = OTHER_ACTIONS.find((name) => button[name] !== undefined);
  if (!action) throw new TextError('Text buttons are unallowed in the inline keyboard');
  const value = button[action];
  if (action === 'copy_text' || action === 'disabled') {
    if (!isJsonObject(value)) throw new TextError(`Field "${action}" must be of type Object`);
    return { [action]: action === 'copy_text' ? { text: requiredString(value, 'text') } : {} };
  }
  return { [action]: value };
}

function checkUrl(url: string): void {
  if (/^(?:tg|ton|tonsite):/i.test(url)) return;
  const parts = parseHttpUrl(url, 'http');
  if (parts && (parts.host.includes('.') || parts.isIpv6)) return;
  const reason = parts ? 'Wrong HTTP URL' : 'Unsupported URL protocol';
  throw BotApiError.of(400, `inline keyboard button URL '${url}' is invalid: ${reason}`);
}

function isInlineKeyboard(markup: object): markup is Markup {
  return 'inline_keyboard' in markup && Array.isArray(markup.inline_keyboard);
}
