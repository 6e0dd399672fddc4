import { BotApiFailure } from '../http/bot-api.failure.js';
import type { BotApiParameters } from './bot-api.parameters.js';
import { readEntities } from './entity.reader.js';
import type { FormattedText } from '../text/formatted-text.interface.js';
import { TelegramHtmlParser } from '../text/telegram-html.parser.js';
import { TextError } from '../text/text.error.js';

/** A longer text is refused before it is parsed (telegram-bot-api, Client.cpp:11391-11407). */
const MAX_TEXT_BYTES = 32_768;

/**
 * Reads `text`, `parse_mode` and `entities` of a call, in Telegram's order: empty, too long,
 * parse mode, markup. The text is not cleaned yet.
 *
 * @throws {@link BotApiFailure}
 */
export function readInputText(parameters: BotApiParameters): FormattedText {
  const text = parameters.text('text');
  if (text === '') throw BotApiFailure.of(400, 'message text is empty');
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) throw BotApiFailure.of(400, 'text is too long');

  const parseMode = parameters.text('parse_mode').toLowerCase();
  if (parseMode === '' || parseMode === 'none') {
    return { text, entities: readEntities(parameters) };
  }
  // MarkdownV2 and Markdown are Telegram's too, but this emulator does not read them.
  if (parseMode !== 'html') throw BotApiFailure.of(400, 'unsupported parse_mode');
  if (!text.isWellFormed()) throw BotApiFailure.of(400, 'Text must be encoded in UTF-8');
  try {
    return TelegramHtmlParser.parse(text);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiFailure.of(400, `Can't parse entities: ${error.message}`);
  }
}
