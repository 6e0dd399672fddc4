import { isPromise } from 'node:util/types';

/** Longer texts are described instead of shown: nobody needs them to find a mistake, and they may contain anything. */
const LONGEST_SHOWN = 64;

/** A bot token, complete or truncated, plain or in a URL: digits, a colon, letters. */
const TOKEN = /\d(?::|%3a)\s*[\w-]*[a-z_-]|\d{5,}(?::|%3a)[\w-]{5,}/i;

/** User info comes before an @, and may contain a password; so may a query. */
const CREDENTIALS = /.@|[?&#;].*=|(?:pass\w*|pwd|secret|token|key|auth\w*)\s*[=:]/is;

/** A run of characters that could be a random string: no dot, no colon, no space. */
const RUN = /[^\s.:]{16,}/g;

/** Special characters of passwords; names, paths and URLs have at most one kind of them. */
const SIGNS = /[!$%^&*#?;,|~+=@]/g;

const SURELY_RANDOM_LENGTH = 32;

/** What people write between separators: a number, or a word or words in camel case with an optional number. */
const HUMAN_PIECE = /^(?:\d{1,20}|(?:[a-z]*(?:[A-Z][a-z]+)*|[A-Z]+)\d{0,4})$/;
const LONGEST_WORD = 20;

/** Invisible and control characters, which `JSON.stringify` does not escape. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Whether a text may be or contain a secret: a bot token, a URL with a password, a long random string. */
export function mayBeSecret(text: string): boolean {
  return (
    text.length > LONGEST_SHOWN ||
    TOKEN.test(text) ||
    CREDENTIALS.test(text) ||
    (text.match(RUN) ?? []).some((run) => isRandom(run))
  );
}

/**
 * A value as errors and log lines may show it: in full when it is short and cannot be a secret, otherwise
 * described in words. The contents of objects are never read.
 *
 * @example
 * shownValue('example.org'); // '"example.org"'
 * shownValue('redis://:hunter2@127.0.0.1'); // 'a string of 26 characters'
 */
export function shownValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return mayBeSecret(value) ? described(value) : quoted(value);
    case 'bigint':
      return mayBeSecret(String(value)) ? 'a bigint' : `${value}n`;
    case 'number':
    case 'boolean':
      return String(value);
    case 'symbol':
      return 'a symbol';
    case 'function':
      return isClass(value) ? 'a class' : 'a function';
    case 'undefined':
      return 'nothing';
    default:
      return value === null ? 'null' : kindOf(value);
  }
}

/** Describes a value that is a secret because of its option, whatever it looks like. */
export function hiddenValue(value: unknown): string {
  return typeof value === 'string' ? described(value) : shownValue(value);
}

/** The name of an option as an app wrote it, which may be a misplaced secret. */
export function shownName(name: string): string {
  if (mayBeSecret(name)) return `[a name of ${name.length} characters]`;
  return /^[\w$]+$/.test(name) ? name : quoted(name);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return isPromise(value) ? 'a Promise' : 'an object';
}

function described(text: string): string {
  return `a string of ${text.length} characters`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}

function isRandom(run: string): boolean {
  const pieces = run.split(/[^a-z\d]+/i);
  if (new Set(run.match(SIGNS)).size > 1) return true;
  return pieces.some((piece) => !HUMAN_PIECE.test(piece) || hasLongWord(piece)) || isLong(run);
}

function hasLongWord(piece: string): boolean {
  return piece.split(/(?=[A-Z][a-z])/).some((word) => word.length >= LONGEST_WORD);
}

/** A path consists of names; a random string may have a slash anywhere. */
function isLong(run: string): boolean {
  return run.split('/').some((name) => name.length >= SURELY_RANDOM_LENGTH);
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}
