import type { TextEntity } from './formatted-text.interface.js';

interface Pattern {
  readonly type: TextEntity['type'];
  readonly expression: RegExp;
}

/** Domains that need no scheme to be a link; Telegram knows all of them, this list the usual. */
const COMMON_DOMAINS =
  'com|org|net|edu|gov|info|io|dev|app|co|me|ai|xyz|ru|de|uk|eu|us|fr|it|es|nl';
const WORD = '[\\p{L}\\p{N}_]';
const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?';
const URL_START = '(?<![\\p{L}\\p{N}_@./-])';
const URL_WITH_SCHEME = `(?:https?|ftp)://(?:(?:${LABEL}\\.)+\\p{L}{2,}|\\d{1,3}(?:\\.\\d{1,3}){3})`;
const URL_WITHOUT_SCHEME = `(?:${LABEL}\\.)+(?:${COMMON_DOMAINS})(?![\\p{L}\\p{N}_.-]*@)`;
const TG_URL = 'tg://[a-z0-9_-]+';
const PORT_AND_PATH = '(?::\\d{1,5})?(?:[/?#][^\\s<>"«»“”]*)?';

/** In the order in which Telegram looks; an earlier one wins where two overlap. */
const PATTERNS: readonly Pattern[] = [
  {
    type: 'email',
    expression: new RegExp(
      `(?<![\\w.+-])[\\w.+-]{1,64}@(?:${LABEL}\\.)+[a-z]{2,}(?!${WORD})`,
      'giu',
    ),
  },
  {
    type: 'url',
    expression: new RegExp(
      `${URL_START}(?:${URL_WITH_SCHEME}|${TG_URL}|${URL_WITHOUT_SCHEME})(?!${WORD})${PORT_AND_PATH}`,
      'giu',
    ),
  },
  {
    type: 'mention',
    expression: new RegExp(`(?<!${WORD})@(?:\\w{4,32}|gif|vid|pic)(?!${WORD})`, 'giu'),
  },
  {
    type: 'bot_command',
    expression: new RegExp(
      `(?<![\\p{L}\\p{N}_/<>])/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\\p{L}\\p{N}_/<>])`,
      'giu',
    ),
  },
  {
    type: 'hashtag',
    expression: new RegExp(
      `(?<!${WORD})#(?=${WORD}*\\p{L})${WORD}{1,256}(?![\\p{L}\\p{N}_#])`,
      'gu',
    ),
  },
  {
    type: 'cashtag',
    expression: new RegExp(
      `(?<![\\p{L}\\p{N}_$])\\$(?:1INCH|[A-Z]{1,8})(?![\\p{L}\\p{N}_$])`,
      'gu',
    ),
  },
];

/**
 * Finds what Telegram makes clickable by itself: e-mail addresses, links, mentions, commands,
 * hashtags and cashtags, without overlaps.
 */
export function findEntities(text: string): TextEntity[] {
  const found: TextEntity[] = [];
  for (const { type, expression } of PATTERNS) {
    for (const match of text.matchAll(expression)) {
      const matched = type === 'url' ? match[0].replace(/[.,:;!?'")\]]+$/, '') : match[0];
      const entity = { type, offset: match.index, length: matched.length };
      const end = entity.offset + entity.length;
      const free = found.every(
        (other) => other.offset >= end || other.offset + other.length <= entity.offset,
      );
      if (free) found.push(entity);
    }
  }
  return found;
}
