import type { BotApiParameters } from './bot-api-parameters.js';
import { isJsonObject, type JsonObject } from './json-fields.js';

/** What a client shows below its composer because of a message. */
export type ReplyKeyboard =
  | {
      readonly kind: 'keyboard';
      /** The texts of the buttons, which a press writes. */
      readonly rows: ReadonlyArray<readonly string[]>;
      /** Whether one press hides it. */
      readonly isOneTime: boolean;
      readonly placeholder?: string;
    }
  /** Takes away the keyboard that was there. */
  | { readonly kind: 'remove' }
  /** Opens a reply to the message. */
  | { readonly kind: 'forceReply'; readonly placeholder?: string };

/**
 * Reads the markup of a call, which has been read before, as far as it says what the client shows instead
 * of being part of the message; undefined when it does not.
 */
export function readReplyKeyboard(parameters: BotApiParameters): ReplyKeyboard | undefined {
  const markup = parameters.json('reply_markup');
  if (!isJsonObject(markup) || markup['inline_keyboard'] !== undefined) return undefined;
  const { keyboard, input_field_placeholder: hint } = markup;
  const placeholder = typeof hint === 'string' && hint !== '' ? { placeholder: hint } : {};
  if (Array.isArray(keyboard)) {
    const rows = keyboard.map((row: unknown) => (Array.isArray(row) ? row.map(readText) : []));
    const isOneTime = markup['one_time_keyboard'] === true;
    return { kind: 'keyboard', rows, isOneTime, ...placeholder };
  }
  if ('remove_keyboard' in markup) return { kind: 'remove' };
  return 'force_reply' in markup ? { kind: 'forceReply', ...placeholder } : undefined;
}

/** A button is a text or an object with one. */
function readText(button: unknown): string {
  const text = isJsonObject(button) ? textOf(button) : button;
  return typeof text === 'string' ? text : '';
}

function textOf({ text }: JsonObject): unknown {
  return text;
}
