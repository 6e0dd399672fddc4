import type { BotToken } from './bot-token.js';
import type { Secret } from './secret.js';

const SHOWN_AS = '[secret]';

/** Shorter strings are not redacted: they are no secrets, and occur in too many sentences. */
const SHORTEST_SECRET = 4;

/** Shorter secrets are redacted as whole words only, because they occur within other words. */
const SHORTEST_PART = 8;

/**
 * The user info of a URL. A password may contain an unencoded @ or slash, so with a password it extends to
 * the last @ of the word; a port and a path with an @ are no password.
 */
const USER_INFO =
  /(?<=\b[a-z][a-z0-9+.-]{0,30}:\/\/)(?:[^\s/?#@:[]{0,500}:(?!\d{1,5}(?:[/?#\s]|$))[^\s"<>]{1,2000}@|[^\s/?#]{1,2000}@)/gi;

/** The token of any bot, and what may be the beginning of one in a Bot API URL. */
const ANY_TOKEN = /(?<!\d)\d{6,20}(?::|%3A)[\w-]{30,}|(?<=\/bot)\d{1,20}(?::|%3A)[\w-]*/gi;

/** The secrets that a {@link Redactor} removes wherever they occur. */
export interface KnownSecrets {
  readonly token?: BotToken | undefined;
  readonly others?: ReadonlyArray<Secret | string>;
}

/**
 * Removes secrets from texts of other origin: errors of handlers and libraries, answers of Telegram and
 * Redis. Besides the secrets that it knows, it removes what looks like a bot token and the user info of URLs.
 */
export class Redactor {
  readonly #known: RegExp | null;

  constructor({ token, others = [] }: KnownSecrets = {}) {
    const secrets = others.map((secret) => (typeof secret === 'string' ? secret : secret.reveal()));
    if (token) secrets.push(token.reveal(), token.reveal().replace(/^\d+:/, ''));
    const spellings = new Set(secrets.filter(isLongEnough).flatMap((each) => spellingsOf(each)));
    // A whole token takes precedence over its parts.
    const longestFirst = [...spellings].toSorted((one, other) => other.length - one.length);
    const patterns = [...longestFirst.map(patternOf), ...(token ? [beginningOf(token)] : [])];
    this.#known = patterns.length > 0 ? new RegExp(patterns.join('|'), 'g') : null;
  }

  /** The text with a placeholder for each secret in it. */
  redact(text: string): string {
    const withoutKnown = this.#known ? text.replaceAll(this.#known, SHOWN_AS) : text;
    return withoutKnown.replaceAll(ANY_TOKEN, SHOWN_AS).replaceAll(USER_INFO, `${SHOWN_AS}@`);
  }
}

function isLongEnough(secret: string): boolean {
  return secret.length >= SHORTEST_SECRET;
}

/** The secret as it is, in JSON, and in URLs with hexadecimal digits of either case. */
function spellingsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret.toWellFormed());
  const lowerCase = encoded.replaceAll(/%[\dA-F]{2}/g, (escaped) => escaped.toLowerCase());
  return [secret, JSON.stringify(secret).slice(1, -1), encoded, lowerCase];
}

/** The token, truncated anywhere after the first characters of its secret part. */
function beginningOf(token: BotToken): string {
  const [first = ''] = /(?<=:).{1,4}/.exec(token.reveal()) ?? [];
  return String.raw`(?<!\d)${token.botId}(?::|%3A|%3a|\\u003[aA])${first}[\w-]*`;
}

function patternOf(secret: string): string {
  const literal = secret.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return secret.length < SHORTEST_PART ? `(?<![\\w-])${literal}(?![\\w-])` : literal;
}
