import { Redactor } from '../secrets/redactor.js';
import { errorName, errorText, read } from './error-text.js';
import { OwnWordsError } from './own-words.error.js';

/** Longer texts end with an ellipsis. */
const MOST_CHARACTERS = 500;

/** Only this much of a text is read: what was thrown may contain a whole file. */
const MOST_READ = 20_000;

/** How much of a stack is logged, and of each of its lines. */
const MOST_FRAMES = 15;
const MOST_OF_FRAME = 300;

const FRAME = /^ {4}at .+$/gm;

/** How a text is made harmless, as it is with what customers write. */
export interface TextCleaning {
  /** One line of it, without what hides or displaces other text. */
  readonly toLabel: (text: string) => string;
  /** The same text in which nobody is mentioned and nothing is a command. */
  readonly neutralizeMentions: (text: string) => string;
}

const AS_IT_IS: TextCleaning = { toLabel: (text) => text, neutralizeMentions: (text) => text };

/**
 * Describes errors of the app's handlers, of libraries, of Telegram and of Redis. The description may be shown to
 * agents, logged and stored: one short line without secrets, mentions and commands.
 */
export class ErrorDescriber {
  readonly #redactor: Redactor;
  readonly #cleaning: TextCleaning;

  constructor(redactor = new Redactor(), cleaning = AS_IT_IS) {
    this.#redactor = redactor;
    this.#cleaning = cleaning;
  }

  /** Describes whatever was thrown: an error by its message alone, or by its name when it has none. */
  describe(thrown: unknown): string {
    if (thrown instanceof OwnWordsError) return thrown.message;
    return this.clean(errorText(thrown)) || this.clean(errorName(thrown));
  }

  /** The same as {@link describe}, with the name of the error and its stack, for the log. */
  describeWithStack(thrown: unknown): string {
    const words = this.describe(thrown);
    const head = thrown instanceof Error ? `${this.clean(errorName(thrown))}: ${words}` : words;
    return [head, ...framesOf(thrown).map((frame) => this.redact(frame))].join('\n');
  }

  /** A foreign text as it may be shown. */
  clean(text: string): string {
    const label = this.#cleaning.toLabel(this.redact(text.slice(0, MOST_READ)));
    // Cleaning may join the parts of a secret, and cutting may lay bare what was no mention.
    return this.#cleaning.neutralizeMentions(shortened(this.redact(label), MOST_CHARACTERS));
  }

  /** A text without secrets, and otherwise as it is. */
  redact(text: string): string {
    return this.#redactor.redact(text);
  }
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;
}

/** The lines of a stack below the message, which may itself contain similar lines. */
function framesOf(thrown: unknown): string[] {
  const stack = read(thrown, 'stack');
  if (typeof stack !== 'string') return [];
  const message = read(thrown, 'message');
  const isInStack = typeof message === 'string' && stack.includes(message);
  const where = isInStack ? stack.slice(stack.indexOf(message) + message.length) : stack;
  const frames = where.slice(0, MOST_READ).match(FRAME) ?? [];
  return frames.slice(0, MOST_FRAMES).map((frame) => shortened(frame, MOST_OF_FRAME));
}
