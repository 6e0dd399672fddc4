import { html, Html } from '../notices/html.js';
import { fits } from '../notices/notice-draft.js';
import { PART_LENGTH } from '../notices/notice-renderer.js';
import { sanitizeText } from '../notices/sanitize-text.js';
import type { Texts } from '../texts/texts.js';

/** What is left of an answer that is too long. Escaping and an ellipsis have room behind it. */
const KEPT_LENGTH = 3_500;

/**
 * What a command has returned, as an agent reads it: `Html` as it is, all else as text. What does not fit in a message
 * is cut, and loses its formatting.
 */
export function answerOf(returned: unknown, texts: Texts): Html {
  const isHtml = returned instanceof Html;
  const text = isHtml ? returned.toPlainText() : textOf(returned);
  if (isHtml && fits(returned, PART_LENGTH))
    return returned.isBlank ? texts.html('commandDone') : returned;
  const cleaned = sanitizeText(text);
  if (cleaned.trim() === '') return texts.html('commandDone');
  const isLong = cleaned.length > KEPT_LENGTH;
  return html`${isLong ? `${cleaned.slice(0, KEPT_LENGTH).toWellFormed()}…` : cleaned}`;
}

function textOf(returned: unknown): string {
  return typeof returned === 'string' ? returned : '';
}
