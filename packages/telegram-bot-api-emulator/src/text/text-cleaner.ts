import type { FormattedText, TextEntity } from './formatted-text.interface.js';
import { TextError } from './text.error.js';

/** Vanish, as do the separators and direction overrides U+2028 to U+202E: three combining lines. */
const REMOVED = new Set(['\r', '\u0333', '\u033f', '\u030a']);
/** Characters that show nothing; a text of nothing else counts as empty. */
const INVISIBLE =
  /^[ \n\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc]*$/;

/**
 * Does to a text what Telegram does before it stores it: control characters become spaces, some
 * characters vanish, the ends are trimmed and the entities move along
 * (td: MessageEntity.cpp:4179-4245, 4527-4570).
 *
 * @throws {@link TextError} When the text is empty or an entity lies outside of it.
 */
export function sanitizeText(input: FormattedText): FormattedText {
  if (!input.text.isWellFormed()) throw new TextError('Strings must be encoded in UTF-8');
  checkRanges(input);
  return trim(removeCharacters(input));
}

function checkRanges({ text, entities }: FormattedText): void {
  for (const { offset, length } of entities) {
    const end = offset + length;
    if (offset < 0) throw new TextError(`Receive an entity with incorrect offset ${offset}`);
    if (length < 0) throw new TextError(`Receive an entity with incorrect length ${length}`);
    if (offset > text.length) {
      throw new TextError(`Entity begins after the end of the text at UTF-16 offset ${offset}`);
    }
    if (splitsPair(text, offset)) {
      throw new TextError(
        `Entity begins in a middle of a UTF-16 symbol at byte offset ${bytesThrough(text, offset)}`,
      );
    }
    if (end > text.length) {
      throw new TextError(
        `Entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`,
      );
    }
    if (splitsPair(text, end)) {
      throw new TextError(
        `Entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol at byte offset ${bytesThrough(text, end)}`,
      );
    }
  }
}

/** Whether `index` lies between the two halves of one character. */
function splitsPair(text: string, index: number): boolean {
  return index < text.length && /[\ud800-\udbff]/.test(text.charAt(index - 1));
}

/** The length in UTF-8 of the text up to and with the code unit at `index`. */
function bytesThrough(text: string, index: number): number {
  return Buffer.byteLength(text.slice(0, index + 1));
}

/** The same of a text without entities, which is neither checked nor trimmed (td: misc.cpp, `clean_input_string`). */
export function cleanCharacters(text: string): string {
  return hideMarks(Array.from(text, cleanCharacter).join(''));
}

function removeCharacters({ text, entities }: FormattedText): FormattedText {
  const kept: number[] = [];
  let cleaned = '';
  for (const character of text) {
    for (let unit = 0; unit < character.length; unit++) kept.push(cleaned.length + unit);
    cleaned += cleanCharacter(character);
  }
  kept.push(cleaned.length);
  return { text: hideMarks(cleaned), entities: move(entities, (offset) => kept[offset] ?? 0) };
}

function cleanCharacter(character: string): string {
  if (REMOVED.has(character) || (character >= '\u2028' && character <= '\u202e')) return '';
  return character < ' ' && character !== '\n' ? ' ' : character;
}

/** Of direction marks in a row only the last stays; the others become zero-width non-joiners. */
function hideMarks(text: string): string {
  return text.replace(/[\u200e\u200f](?=[\u200e\u200f])/g, '\u200c');
}

function trim({ text, entities }: FormattedText): FormattedText {
  const right = text.replace(/[ \n]+$/, '');
  if (right === '') throw new TextError('Text must be non-empty');
  const inside = move(entities, (offset) => Math.min(offset, right.length));
  // What an entity covers is not trimmed on the left.
  const first = Math.min(right.length, ...inside.map((entity) => entity.offset));
  const blank = /^[ \n]*/.exec(right.slice(0, first))?.[0].length ?? 0;
  const trimmed = right.slice(blank);
  if (INVISIBLE.test(trimmed)) throw new TextError('Text must be non-empty');
  return { text: trimmed, entities: move(inside, (offset) => offset - blank) };
}

function move(
  entities: readonly TextEntity[],
  place: (offset: number) => number,
): readonly TextEntity[] {
  return entities
    .map((entity) => {
      const offset = place(entity.offset);
      return { ...entity, offset, length: place(entity.offset + entity.length) - offset };
    })
    .filter((entity) => entity.length > 0);
}
