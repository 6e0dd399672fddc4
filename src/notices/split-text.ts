import { findEntities } from 'telegram-entities';

/** How far before the limit a line or word break is looked for, as a share of the limit. */
const SEARCHED_SHARE = 0.25;

/** How far before it a link may begin that is kept whole: the half of one leads elsewhere. */
const LINK_SHARE = 0.75;

/** No grapheme cluster that a person writes is longer than this, in UTF-16 units. */
const LONGEST_GRAPHEME = 64;

/** What stands for something that was masked, such as `•••• 4242`, `a•••@example.com` and `+49 ••• 21`. */
const MASK = /(?:\+\d{1,3} |\S)?•{3,4}(?:@\S{1,255}| \d{2,4}(?!\d))?/g;
const LONGEST_MASK = 300;

/**
 * Cuts a text into pieces of at most `limit` UTF-16 units that together are the whole text: after a
 * line break if one is near, else after a space, else before a link, else between two characters as a reader sees them. What stands for
 * something that was masked stays whole.
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > limit) {
    const cut = cutOf(text.slice(start, start + limit + LONGEST_GRAPHEME), limit);
    const end = beforeMask(text, start + cut, start);
    pieces.push(text.slice(start, end));
    start = end;
  }
  pieces.push(text.slice(start));
  return pieces;
}

function cutOf(text: string, limit: number): number {
  const earliest = Math.floor(limit * (1 - SEARCHED_SHARE));
  for (const separator of ['\n', ' ']) {
    const at = text.lastIndexOf(separator, limit - 1);
    if (at >= earliest) return at + 1;
  }
  return startOfLink(text, limit) ?? lastCharacterEnd(text, limit);
}

/** Where to cut instead of within a mask. */
function beforeMask(text: string, cut: number, start: number): number {
  const from = Math.max(start, cut - LONGEST_MASK);
  const near = text.slice(from, cut + LONGEST_MASK).matchAll(MASK);
  const mask = [...near].find(({ 0: shown, index }) => {
    const at = from + index;
    return at < cut && at + shown.length > cut;
  });
  return mask && from + mask.index > start ? from + mask.index : cut;
}

function startOfLink(text: string, limit: number): number | undefined {
  const earliest = Math.floor(limit * (1 - LINK_SHARE));
  return findEntities(text).find(
    ({ type, start, end }) => type === 'url' && start >= earliest && start < limit && end > limit,
  )?.start;
}

function lastCharacterEnd(text: string, limit: number): number {
  const from = Math.max(0, limit - LONGEST_GRAPHEME);
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let end = 0;
  for (const { index } of segmenter.segment(text.slice(from))) {
    if (from + index <= limit) end = from + index;
  }
  if (end > from) return end;
  // A monster cluster, such as a letter under hundreds of accents: any cut between code points will do.
  return isHighSurrogate(text.charCodeAt(limit - 1)) ? limit - 1 : limit;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
