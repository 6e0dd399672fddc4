import { describe, expect, it } from 'vitest';
import { splitText } from './split-text.js';

const LIMIT = 100;

describe('splitText', () => {
  it.each([
    ['an empty text', ''],
    ['a text of exactly the limit', 'x'.repeat(LIMIT)],
  ])('leaves %s whole', (_name, text) => {
    expect(splitText(text, LIMIT)).toEqual([text]);
  });

  it('cuts after the last line break near the limit', () => {
    const text = `${'a '.repeat(40)}\n${'b '.repeat(40)}`;
    expect(splitText(text, LIMIT)[0]).toBe(`${'a '.repeat(40)}\n`);
  });

  it('cuts after a space when no line break is near', () => {
    const [first] = splitText(`${'a'.repeat(90)} ${'b'.repeat(90)}`, LIMIT);
    expect(first).toBe(`${'a'.repeat(90)} `);
  });

  it('cuts a text without a break at the limit', () => {
    expect(splitText('x'.repeat(250), LIMIT).map(({ length }) => length)).toEqual([100, 100, 50]);
  });

  it.each([
    ['a family of joined emoji', '👨‍👩‍👧‍👦'],
    ['a flag', '🇪🇺'],
    ['a letter with a combining accent', 'e\u0301'],
    ['a plain emoji', '😀'],
  ])('does not cut inside %s', (_name, character) => {
    const pieces = splitText(character.repeat(60), LIMIT);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece.length % character.length).toBe(0);
  });

  it('cuts even inside a character that is longer than the limit, but not inside a code point', () => {
    const pieces = splitText('😀'.repeat(2) + '\u200d👍'.repeat(200), 51);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(51);
      expect(piece.isWellFormed()).toBe(true);
    }
  });

  it('cuts before a link that would be cut, since half of one leads elsewhere', () => {
    const link = `https://example.com/${'x'.repeat(LIMIT / 2)}`;
    const before = 'x'.repeat(LIMIT / 2);
    expect(splitText(`${before}(${link}`, LIMIT)).toEqual([`${before}(`, link]);
    // One that is longer than most of a message is cut all the same.
    const endless = `https://example.com/${'x'.repeat(3 * LIMIT)}`;
    const pieces = splitText(endless, LIMIT);
    expect(pieces.join('')).toBe(endless);
    expect(pieces).toHaveLength(4);
  });

  it.each([
    ['prose', 'Lorem ipsum dolor sit amet, \n'.repeat(5_000)],
    ['one word', 'x'.repeat(100_000)],
    ['line breaks', '\n'.repeat(10_000)],
    ['lone surrogates', '\ud83d'.repeat(10_000)],
    ['right-to-left text', 'שלום עולם '.repeat(2_000)],
  ])('loses nothing of %s and keeps every piece within the limit', (_name, text) => {
    const pieces = splitText(text, LIMIT);
    expect(pieces.join('')).toBe(text);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(LIMIT);
  });
});

describe('A mask', () => {
  it.each(['•••• 4242', 'a•••@example.com', '+49 ••• 21'])('is never cut: %s', (mask) => {
    for (let before = 80; before <= 101; before += 1) {
      for (const filler of ['x', 'x ']) {
        const text = filler.repeat(before).slice(0, before - 1) + ` ${mask} ` + 'y '.repeat(60);
        const pieces = splitText(text, 100);
        expect(pieces.join('')).toBe(text);
        expect(pieces.filter((piece) => piece.includes(mask))).toHaveLength(1);
        expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(100);
      }
    }
  });
});
