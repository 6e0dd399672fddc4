import { isBlank } from '../../notices/sanitize-text.js';
import { ChatHttpError } from '../chat-http.error.js';

/** Not a number of a thread, but the most that a client may write. */
const MOST_DIGITS = 15;

/** Control characters, which no text needs but for line breaks and tabs. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu;

/** Reads the fields of a request, and refuses what cannot be right. Inherited fields are none. */
export class ChatInput {
  readonly #fields: Readonly<Record<string, unknown>>;

  /** @param body What a body parser has read; nothing counts as no fields. */
  constructor(body: unknown) {
    const given = body ?? {};
    if (typeof given !== 'object' || Array.isArray(given) || Buffer.isBuffer(given)) {
      throw new ChatHttpError('invalid', 'The body must be a JSON object');
    }
    this.#fields = { ...given };
  }

  /** A text, well-formed and without control characters; undefined when it is missing, or nothing of it would be seen. */
  text(name: string, most: number): string | undefined {
    const value = this.#of(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw invalid(name, 'must be a text');
    const text = value.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(CONTROLS, '');
    if (text.length > most) {
      throw new ChatHttpError('too_large', `${name} has more than ${most} characters`);
    }
    return isBlank(text) ? undefined : text;
  }

  /** A text of a form; undefined when it is missing. */
  matching(name: string, form: RegExp, words: string): string | undefined {
    const value = this.#of(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || !form.test(value)) throw invalid(name, words);
    return value;
  }

  /** Whether a field is null, as opposed to missing. */
  isNull(name: string): boolean {
    return Object.hasOwn(this.#fields, name) && this.#fields[name] === null;
  }

  /** A whole number in a range; undefined when it is missing. */
  integer(name: string, least: number, most: number): number | undefined {
    const value = this.#of(name);
    if (value === undefined) return undefined;
    if (!Number.isSafeInteger(value) || Number(value) < least || Number(value) > most) {
      throw invalid(name, `must be a whole number from ${least} to ${most}`);
    }
    return Number(value);
  }

  /** A list of texts of a form; empty when it is missing. */
  list(name: string, most: number, form: RegExp, words: string): string[] {
    const value = this.#of(name) ?? [];
    if (!Array.isArray(value)) throw invalid(name, 'must be a list');
    if (value.length > most) throw new ChatHttpError('too_large', `${name} has more than ${most}`);
    return value.map((each: unknown) => {
      if (typeof each !== 'string' || !form.test(each)) throw invalid(name, words);
      return each;
    });
  }

  #of(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? (this.#fields[name] ?? undefined) : undefined;
  }
}

/** A number in the query of a URL; undefined when it is missing. */
export function numberIn(
  query: URLSearchParams,
  name: string,
  most = 10 ** MOST_DIGITS,
): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const isNumber = /^\d+$/.test(text) && text.length <= MOST_DIGITS && Number(text) <= most;
  if (!isNumber) throw invalid(name, `must be a whole number from 0 to ${most}`);
  return Number(text);
}

/** @returns The value. @throws {@link ChatHttpError} When it is missing. */
export function required<T>(name: string, value: T | undefined): T {
  if (value === undefined) throw invalid(name, 'is missing');
  return value;
}

function invalid(name: string, words: string): ChatHttpError {
  return new ChatHttpError('invalid', `${name} ${words}`);
}
