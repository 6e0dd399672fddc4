import type { InlineKeyboardMarkup } from '@grammyjs/types';
import type { BotApiError } from '../../errors/index.js';

/** What a Bot API server that is older than a feature says of it, and Telegram of one that it has changed. */
const ABOUT_FEATURES =
  /"tg-time"|invalid date format|can't parse (?:inline )?keyboard button|button_|buttons? .*(?:unallowed|disallowed|not allowed)/i;

/** The tag of times that Telegram writes itself. */
const TIME_TAG = /<\/?tg-time\b[^>]*>/gi;

type Button = InlineKeyboardMarkup['inline_keyboard'][number][number];

/** Parameters of a message that may have such features. */
interface MessageParams {
  readonly text?: unknown;
  readonly caption?: unknown;
  readonly reply_markup?: unknown;
}

/** Whether Telegram may have refused a message because of a feature that is newer than its server. */
export function isAboutFeatures({ errorCode, description }: BotApiError): boolean {
  return errorCode === 400 && ABOUT_FEATURES.test(description);
}

/**
 * The parameters of a message without what old Bot API servers do not know: times that age by themselves, colors of
 * buttons, and buttons that are greyed. Undefined when they have none of that.
 */
export function withoutNewFeatures<Params extends object>(params: Params): Params | undefined {
  const { text, caption, reply_markup: markup }: MessageParams = params;
  const plain = {
    ...params,
    ...(typeof text === 'string' && { text: text.replaceAll(TIME_TAG, '') }),
    ...(typeof caption === 'string' && { caption: caption.replaceAll(TIME_TAG, '') }),
    ...(isInlineKeyboard(markup) && { reply_markup: plainKeyboard(markup) }),
  };
  return JSON.stringify(plain) === JSON.stringify(params) ? undefined : plain;
}

function plainKeyboard({ inline_keyboard: rows }: InlineKeyboardMarkup): InlineKeyboardMarkup {
  const known = rows.map((row) => row.flatMap(plainButton)).filter((row) => row.length > 0);
  return { inline_keyboard: known };
}

function plainButton(button: Button): Button[] {
  if ('disabled' in button || 'copy_text' in button) return [];
  return [{ ...button, style: undefined }];
}

function isInlineKeyboard(markup: unknown): markup is InlineKeyboardMarkup {
  return typeof markup === 'object' && markup !== null && 'inline_keyboard' in markup;
}
