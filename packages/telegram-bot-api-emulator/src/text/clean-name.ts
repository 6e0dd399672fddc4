import { cleanCharacters } from './text-cleaner.js';

/** Characters that look like a space (td: misc.cpp:164-205), and the invisible ones of emoji tags. */
const SPACES = /[\u1680\u180e\u2000-\u200a\u202f\u205f\u2800\u3000\ufffc\u{e0000}-\u{e007f}]/gu;
/** A name of nothing else is no name (td: misc.cpp:209-250). */
const EMPTY = /^[ \n\u200b-\u200f\ufeff\u00a0]*$/u;

/**
 * A name as Telegram keeps it: on one line, without doubled spaces, trimmed, and cut at so many
 * characters before the doubled spaces go. Empty when nothing of it can be seen
 * (td: misc.cpp:24-52, 163-253).
 */
export function cleanName(name: string, maxLength: number): string {
  const spaced = trim(cleanCharacters(name).replace(SPACES, ' '));
  const cut = trim(Array.from(spaced).slice(0, maxLength).join(''));
  return EMPTY.test(cut) ? '' : trim(cut.replace(/[ \n\u00a0]+/g, ' '));
}

function trim(text: string): string {
  return text.replace(/^[ \n]+|[ \n]+$/g, '');
}
