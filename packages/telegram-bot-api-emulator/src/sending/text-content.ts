import type { Message } from '@grammyjs/types';
import { BotApiError } from '../common/bot-api.error.js';
import type { FormattedText } from '../text/formatted-text.interface.js';
import { TextError } from '../text/text.error.js';
import { finishText } from '../text/text-finisher.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { textContent } from '../world/message-composer.js';

/** Counted in code points, after the markup is gone (td: MessageContent.cpp:4757, 5241). */
const MAX_TEXT_LENGTH = 4_096;
const MAX_CAPTION_LENGTH = 1_024;
/** Telegram's own limit is not published; it was seen at about this size. */
const MAX_ENTITY_BYTES = 9_500;
/** What an entity takes besides the texts it holds, as MTProto writes it. */
const ENTITY_BYTES = 16;

/** A message on its way out. */
export interface FinishedMessage {
  /** Its fields. */
  readonly content: Partial<Message>;
  /** Its text or caption. */
  readonly formatted: FormattedText;
}

/** Of a message without text or caption. */
export const NO_TEXT: FormattedText = { text: '', entities: [] };

/**
 * The fields of a text message.
 *
 * @param tooLong What Telegram says of a text that is too long.
 * @throws {@link TextError}
 */
export function createTextContent(
  world: EmulatedWorld,
  input: FormattedText,
  tooLong: string,
): FinishedMessage {
  const formatted = finishText(input);
  checkLength(formatted, MAX_TEXT_LENGTH, tooLong);
  return { formatted, content: textContent(formatted, (id) => world.findUser(id)) };
}

/**
 * The caption of a message, which may be empty.
 *
 * @param tooLong What Telegram says of a caption that is too long.
 * @throws {@link TextError}
 */
export function createCaptionContent(
  world: EmulatedWorld,
  input: FormattedText,
  tooLong: string,
): FinishedMessage {
  if (/^[ \n\r\t]*$/.test(input.text)) return { formatted: NO_TEXT, content: {} };
  const formatted = finishText(input);
  checkLength(formatted, MAX_CAPTION_LENGTH, tooLong);
  const { text, entities } = textContent(formatted, (id) => world.findUser(id));
  return { formatted, content: { caption: text, ...(entities && { caption_entities: entities }) } };
}

/**
 * Checks what only the data centre checks of a text.
 *
 * @throws {@link BotApiError}
 */
export function checkEntitySize({ entities }: FormattedText): void {
  const size = entities.reduce(
    (sum, { url = '', language = '' }) =>
      sum + ENTITY_BYTES + Buffer.byteLength(url) + Buffer.byteLength(language),
    0,
  );
  if (size > MAX_ENTITY_BYTES) throw BotApiError.of(400, 'ENTITIES_TOO_LONG');
}

function checkLength({ text }: FormattedText, max: number, tooLong: string): void {
  if (Array.from(text).length > max) throw new TextError(tooLong);
}
