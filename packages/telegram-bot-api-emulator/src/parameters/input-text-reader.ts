import { BotApiError } from '../common/bot-api.error.js';
import type { BotApiParameters } from './bot-api-parameters.js';
import { readEntities } from './entity-reader.js';
import { lowerAscii } from '../text/lower-ascii.js';
import type { FormattedText } from '../text/formatted-text.interface.js';
import { TelegramHtmlParser } from '../text/telegram-html-parser.js';
import { TelegramMarkdownParser } from '../text/telegram-markdown-parser.js';
import { TelegramMarkdownV2Parser } from '../text/telegram-markdown-v2-parser.js';
import { TextError } from '../text/text.error.js';

/** A longer text is refused before it is parsed (telegram-bot-api, Client.cpp:11391-11407). */
const MAX_TEXT_BYTES = 32_768;

/** Under which names a call has a text and what is special in it. */
export interface TextNames {
  readonly text: string;
  readonly parseMode: string;
  readonly entities: string;
}

const TEXT: TextNames = { text: 'text', parseMode: 'parse_mode', entities: 'entities' };
const CAPTION: TextNames = {
  text: 'caption',
  parseMode: 'parse_mode',
  entities: 'caption_entities',
};

/** By `parse_mode`, in lower case. */
const PARSERS = new Map<string, { parse(text: string): FormattedText }>([
  ['html', TelegramHtmlParser],
  ['markdown', TelegramMarkdownParser],
  ['markdownv2', TelegramMarkdownV2Parser],
]);

/**
 * Reads `text`, `parse_mode` and `entities` of a call, in Telegram's order: empty, too long,
 * parse mode, markup. The text is not cleaned yet.
 *
 * @throws {@link BotApiError}
 */
export function readInputText(parameters: BotApiParameters): FormattedText {
  if (parameters.text('text') === '') throw BotApiError.of(400, 'message text is empty');
  return readFormattedText(parameters, TEXT);
}

/**
 * Reads `caption`, `parse_mode` and `caption_entities` of a call. The caption is not cleaned yet,
 * and may be empty.
 *
 * @throws {@link BotApiError}
 */
export function readCaption(parameters: BotApiParameters): FormattedText {
  return readFormattedText(parameters, CAPTION);
}

/**
 * Reads a text of a call, which may be empty; then nobody looks at the parse mode.
 *
 * @throws {@link BotApiError}
 */
export function readFormattedText(parameters: BotApiParameters, names: TextNames): FormattedText {
  const text = parameters.text(names.text);
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) throw BotApiError.of(400, 'text is too long');
  const parseMode = lowerAscii(parameters.text(names.parseMode));
  if (text === '' || parseMode === '' || parseMode === 'none') {
    return { text, entities: readEntities(parameters, names.entities) };
  }
  const parser = PARSERS.get(parseMode);
  if (!parser) throw BotApiError.of(400, 'unsupported parse_mode');
  if (!text.isWellFormed()) throw BotApiError.of(400, 'Text must be encoded in UTF-8');
  try {
    return parser.parse(text);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiError.of(400, `Can't parse entities: ${error.message}`);
  }
}
