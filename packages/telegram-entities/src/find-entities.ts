import { linkCandidates, withoutStops, type TextRange } from './link-candidates.js';
import { isEmailAddress, linkLength } from './link-rules.js';

/** What Telegram makes clickable in a text by itself. */
export interface FoundEntity extends TextRange {
  readonly type:
    | 'mention'
    | 'bot_command'
    | 'hashtag'
    | 'cashtag'
    | 'bank_card'
    /** A link into Telegram's own app: to a person, a proxy, an invitation. */
    | 'app_link'
    | 'url'
    | 'email';
}

const WORD = '[\\p{L}\\p{N}_]';
const TAG_LETTER = '[\\p{L}\\p{Nd}_\\u200c\\u00b7\\u0d80-\\u0dff]';
const OF_BOT = '(?:@[a-zA-Z0-9_]{3,32})';
const PATH = '[^\\n<>"«»\\p{Z}\\u2000-\\u200b\\u200e\\u200f\\u2016-\\u206f]*';

/** How Telegram finds what is no web link (tdlib/td, MessageEntity.cpp: match_mentions and those after it). */
const PATTERNS: ReadonlyArray<readonly [FoundEntity['type'], RegExp]> = [
  [
    'mention',
    new RegExp(
      `(?<!${WORD})@(?:[a-zA-Z0-9_]{4,32}|[gG][iI][fF]|[nN][fF][tT]|[pP][iI][cC]|[uU][fF][cC]|[vV][iI][dD])(?!${WORD})`,
      'gu',
    ),
  ],
  [
    'bot_command',
    new RegExp(
      `(?<![\\p{L}\\p{N}_/<>])/[a-zA-Z0-9_]{1,64}(?:${OF_BOT}|(?!@))(?![\\p{L}\\p{N}_/<>])`,
      'gu',
    ),
  ],
  [
    'hashtag',
    new RegExp(
      `(?<!${TAG_LETTER})#(?=[\\p{Nd}_\\u200c\\u00b7]*\\p{L})${TAG_LETTER}{1,256}(?!${TAG_LETTER}*#)${OF_BOT}?(?!#)`,
      'gu',
    ),
  ],
  [
    'cashtag',
    new RegExp(
      `(?<!${TAG_LETTER}|\\$)\\$(?:1INCH|[A-Z]{1,8})${OF_BOT}?(?!${TAG_LETTER}|\\$)`,
      'gu',
    ),
  ],
  ['bank_card', /(?<![\p{L}\d+_.,-])\d(?:[ -]?\d){12,18}(?![ -]?\d|[\p{L}_-])/gu],
  [
    'app_link',
    new RegExp(
      `(?:[tT][gG]|[tT][oO][nN]|[tT][oO][nN][sS][iI][tT][eE])://[a-zA-Z0-9_-]{1,253}(?:[/?#]${PATH})?`,
      'gu',
    ),
  ],
];

/** Finds all of it, without overlaps: what begins first holds, of two that begin together the longer one. */
export function findEntities(text: string): FoundEntity[] {
  // Telegram makes spaces of them before it looks.
  const shown = text.replaceAll(/(?![\n\u007f-\u009f])\p{Cc}/gu, ' ');
  const found = [...otherEntities(shown), ...links(shown)];
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  let end = 0;
  return found.filter((entity) => {
    if (entity.start < end) return false;
    ({ end } = entity);
    return true;
  });
}

function* otherEntities(text: string): Generator<FoundEntity> {
  for (const [type, pattern] of PATTERNS) {
    for (const { index: start, 0: found } of text.matchAll(pattern)) {
      const end = start + found.length;
      yield { type, start, end: type === 'app_link' ? withoutStops(text, end, start) : end };
    }
  }
}

function* links(text: string): Generator<FoundEntity> {
  for (const { start, end } of linkCandidates(text)) {
    const candidate = text.slice(start, end);
    const mailto = candidate.startsWith('mailto:') ? 'mailto:'.length : 0;
    if (isEmailAddress(candidate.slice(mailto)))
      yield { type: 'email', start: start + mailto, end };
    else {
      const length = linkLength(candidate);
      const type = /^tonsite:/i.test(candidate) ? 'app_link' : 'url';
      if (length > 0) yield { type, start, end: start + length };
    }
  }
}
