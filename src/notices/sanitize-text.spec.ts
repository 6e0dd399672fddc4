import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextError } from '../../packages/telegram-bot-api-emulator/src/text/text.error.js';
import { sanitizeText as cleanAsTelegram } from '../../packages/telegram-bot-api-emulator/src/text/text-cleaner.js';
import { sanitizeLabel, sanitizeText, isBlank } from './sanitize-text.js';

describe('sanitizeText', () => {
  it.each([
    ['controls, but tab and line break', 'a\u0000\u0007\u001bb\tc\nd\u007f\u009b', 'ab\tc\nd'],
    ['overrides and isolates of direction', '\u202etxt\u202c\u2066x\u2069', 'txtx'],
    ['the carrier of a reference', '\u200ba\u200bb', 'ab'],
    ['fillers and blanks', 'a\u2060\ufeff\u3164\u2800\u00adb', 'ab'],
    ['tags that hide a text', 'a\u{e0041}\u{e0042}\u{e007f}b', 'ab'],
    ['marks that are stacked on a letter', `a${'\u0301'.repeat(300)}b`, `a${'\u0301'.repeat(8)}b`],
    ['empty lines at both ends', '\n\n \n a \n\n', ' a'],
    ['lone surrogates', 'a\ud83db', 'a\ufffdb'],
  ])('removes %s', (_name, text, clean) => {
    expect(sanitizeText(text)).toBe(clean);
  });

  it.each([
    ['joined emoji', '👨‍👩‍👧‍👦 ❤️ 1️⃣ 🇪🇺'],
    [
      'flags that are made of tags',
      '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ],
    ['Hebrew with points', 'בְּרֵאשִׁ֖ית'],
    ['Persian with a joiner', 'می\u200cخواهم'],
    ['an indented list', 'so:\n  - a\n\n  - b'],
    ['two empty lines', 'a\n\n\nb'],
  ])('leaves %s', (_name, text) => {
    expect(sanitizeText(text)).toBe(text);
  });

  it.each([
    ['line breaks', '\n'],
    ['line breaks of Windows', '\r\n'],
    ['line breaks of old Macs', '\r'],
    ['separators of paragraphs', '\u2029'],
    ['lines of spaces', ' \n\u00a0\n\u3000\n'],
    ['lines of what shows nothing', '\u200b\u2060\n\u200d\u200c\n\u2800\n\ufe0f\n'],
  ])('leaves two empty lines of 10,000 %s', (_name, lines) => {
    expect(sanitizeText(`a${lines.repeat(10_000)}b`)).toMatch(/^a *\n\n\nb$/);
  });

  it('changes nothing the second time', () => {
    const nasty = fc.constantFrom(
      '\n',
      '\r',
      ' ',
      '\u200b',
      '\u200d',
      '\u202e',
      '\u0301',
      'a',
      '·',
    );
    const unit = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 1 }));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        expect(sanitizeText(sanitizeText(text))).toBe(sanitizeText(text));
        expect(sanitizeLabel(sanitizeLabel(text))).toBe(sanitizeLabel(text));
        expect(sanitizeLabel(text)).not.toMatch(/[\n\r\u2028\u2029\u0085]/);
      }),
      { seed: 1 },
    );
  });

  it('takes time in proportion to a text of 1 MB, whatever it is made of', () => {
    for (const piece of [
      '\n',
      ' ',
      '\u200b',
      '\u0301',
      '\u{e0041}',
      '\u{1f3f4}\u{e0061}',
      ' ·',
      'a',
    ]) {
      const startedAtMs = performance.now();
      sanitizeText(piece.repeat(1_000_000 / piece.length));
      sanitizeLabel(piece.repeat(1_000_000 / piece.length));
      expect({ piece, isFast: performance.now() - startedAtMs < 5_000 }).toEqual({
        piece,
        isFast: true,
      });
    }
  });
});

describe('isBlank', () => {
  it('is true of every character of which nothing is left or which Telegram takes for nothing', () => {
    const missed: string[] = [];
    for (let code = 0; code <= 0x10_ff_ff; code++) {
      const text = String.fromCodePoint(code);
      if (!text.isWellFormed() || isBlank(text)) continue;
      if (sanitizeText(text) === '' || isNothingToTelegram(text)) missed.push(code.toString(16));
    }
    expect(missed).toEqual([]);
  }, 30_000);

  it.each([
    'a',
    ' 0 ',
    '\u0645',
    '\u3042',
    '😀',
    '❤️',
    '🏴',
    '\u0600',
    '\ue000',
    '\ufffd',
    '\ud83d',
    '-',
  ])('is false of %j', (text) => {
    expect(isBlank(text)).toBe(false);
    expect(sanitizeText(text)).not.toBe('');
  });

  it('is fast even for a text of nothing but blanks', () => {
    const startedAtMs = performance.now();
    expect(isBlank(' \u200b\n'.repeat(1_000_000))).toBe(true);
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });
});

function isNothingToTelegram(text: string): boolean {
  try {
    cleanAsTelegram({ text, entities: [] });
    return false;
  } catch (error) {
    return error instanceof TextError && error.message === 'Text must be non-empty';
  }
}

describe('sanitizeLabel', () => {
  it.each([
    ['stands on one line', ' Al\nice\t\u2028 B ', 'Al ice B'],
    ['has no parts of its own', 'Al · ceo@example.com · #1', 'Al - ceo@example.com - #1'],
    ['is empty when nothing of it is seen', '\u200b\u2060 \u202e', ''],
  ])('%s', (_name, label, clean) => {
    expect(sanitizeLabel(label)).toBe(clean);
  });
});
