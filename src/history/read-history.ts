import { Masker } from '../privacy/masker.js';
import { kindOf } from '../errors/kind-of.js';
import type { HistoryMessage } from './history-message.interface.js';
import { UnusableHistoryError } from './unusable-history.error.js';

/** More text than this is no mistake of a few messages: it would only cost memory. */
const MOST_CHARACTERS = 512 * 1024;

/** No message of Telegram shows more of a text. */
const LONGEST_TEXT = 4_096;
const LONGEST_NAME = 256;

const AUTHORS: readonly unknown[] = ['customer', 'agent', 'system'];

/**
 * The messages that a method has returned, cut to what can be shown; null when the thread is none of its own.
 *
 * @param limit How many are read, from the end.
 * @param masker Hides what agents are not to see, before anything is cut.
 * @throws {@link UnusableHistoryError} When it is no history.
 */
export function readHistory(
  returned: unknown,
  limit: number,
  masker = new Masker(),
): readonly HistoryMessage[] | null {
  if (returned === null || returned === undefined) return null;
  if (!Array.isArray(returned)) {
    throw new UnusableHistoryError(`it returned ${kindOf(returned)} instead of an array or null`);
  }
  const first = Math.max(0, returned.length - limit);
  const messages = returned.slice(first).map((given, index) => check(given, first + index));
  const length = messages.reduce((sum, { text }) => sum + text.length, 0);
  if (length > MOST_CHARACTERS) {
    throw new UnusableHistoryError(
      `it returned ${length} characters for ${messages.length} messages, of ${MOST_CHARACTERS} at most`,
    );
  }
  return messages.map(({ author, name, text, sentAt, messageId }) => ({
    author,
    name: name && masker.hide(name).slice(0, LONGEST_NAME),
    text: shortened(masker.hide(text)),
    sentAt: new Date(sentAt),
    messageId: messageId ?? undefined,
  }));
}

function shortened(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function check(given: unknown, index: number): HistoryMessage {
  if (!isMessage(given)) {
    throw new UnusableHistoryError(
      `message ${index} of its array is unusable: ${problemOf(given)}`,
    );
  }
  return given;
}

function isMessage(given: unknown): given is HistoryMessage {
  return problemOf(given) === undefined;
}

/** What is wrong with a message, without its values. */
function problemOf(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null) return `it is ${kindOf(given)}`;
  const field = (name: keyof HistoryMessage): unknown => Reflect.get(given, name);
  const [text, sentAt] = [field('text'), field('sentAt')];
  if (!AUTHORS.includes(field('author'))) return 'author must be customer, agent or system';
  if (typeof text !== 'string') return `text must be a string, got ${kindOf(text)}`;
  const isDate = sentAt instanceof Date && !Number.isNaN(sentAt.getTime());
  if (!isDate) return `sentAt must be a valid Date, got ${kindOf(sentAt)}`;
  for (const name of ['name', 'messageId'] as const) {
    const value = field(name) ?? '';
    if (typeof value !== 'string') return `${name} must be a string, got ${kindOf(value)}`;
  }
  return undefined;
}
