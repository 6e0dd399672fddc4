import { describe, expect, it } from 'vitest';
import type { TextEntity } from './formatted-text.interface.js';
import { TelegramHtmlParser } from './telegram-html-parser.js';
import { TextError } from './text.error.js';
import { finishText } from './text-finisher.js';

describe('finishText', () => {
  it.each([
    [' \n a \n b \n ', 'a \n b'],
    ['a\tb\u0000c\u001fd', 'a b c d'],
    ['a\r\nb', 'a\nb'],
    ['a\u2028b\u2029c\u202ad\u202ee', 'abcde'],
    ['a\u0333b\u033fc\u030ad', 'abcd'],
    ['a\u202fb', 'a\u202fb'],
    ['a\u200bb', 'a\u200bb'],
    ['a\u200e\u200f\u200eb', 'a\u200c\u200c\u200eb'],
    ['\ttab', 'tab'],
    ['e\u0301😀', 'e\u0301😀'],
  ])('turns %j into %j', (text, cleaned) => {
    expect(finishText({ text, entities: [] }).text).toBe(cleaned);
  });

  it.each(['', ' ', '\n \n', '\r', '\t', '\u202e', '\u200b\u200b', '\u2800', '\u3000 \u00a0'])(
    'refuses %j as empty',
    (text) => {
      expect(() => finishText({ text, entities: [] })).toThrow(
        new TextError('Text must be non-empty'),
      );
    },
  );

  it('refuses half a surrogate pair', () => {
    expect(() => finishText({ text: 'a\ud83d', entities: [] })).toThrow(
      new TextError('Strings must be encoded in UTF-8'),
    );
  });

  it.each([
    ['  <b> x </b>  ', 'x is indented only', ' x', [entity('bold', 0, 2)]],
    ['a\r<b>\rb\r</b>', 'removed characters', 'ab', [entity('bold', 1, 1)]],
    ['x <b>  </b>', 'an entity that is trimmed away', 'x', []],
    ['😀 <i>\u202e😀</i>', 'offsets in UTF-16', '😀 😀', [entity('italic', 3, 2)]],
  ])('moves the entities of %j: %s', (html, _why, text, entities) => {
    expect(finishText(TelegramHtmlParser.parse(html))).toEqual({ text, entities });
  });

  it.each([
    [
      'cuts a style where another begins',
      '<b>bold <i>both</i></b>',
      [entity('bold', 0, 5), entity('bold', 5, 4), entity('italic', 5, 4)],
    ],
    [
      'does not cut a style where another ends',
      '<b>aa<i>bb</i>cc</b>',
      [entity('bold', 0, 2), entity('bold', 2, 4), entity('italic', 2, 2)],
    ],
    [
      'puts bold before italic over the same text',
      '<b><i>a</i></b>',
      [entity('bold', 0, 1), entity('italic', 0, 1)],
    ],
    ['joins a style that touches itself', '<b>aa</b><b>bb</b>', [entity('bold', 0, 4)]],
    ['drops a style nested in itself', '<b>a<b>b</b>c</b>', [entity('bold', 0, 3)]],
    [
      'cuts a style around a link',
      '<b>aa<a href="b.io">bb</a>cc</b>',
      [
        entity('bold', 0, 2),
        { ...entity('text_link', 2, 2), url: 'http://b.io/' },
        entity('bold', 2, 2),
        entity('bold', 4, 2),
      ],
    ],
    ['keeps no style inside of code', '<code><b>aa</b></code>', [entity('code', 0, 2)]],
    [
      'keeps a style outside of code',
      '<b>a<code>b</code></b>',
      [entity('bold', 0, 1), entity('code', 1, 1)],
    ],
    ['keeps the outer of two quotes', quoted(quoted('a') + 'b'), [entity('blockquote', 0, 2)]],
    [
      'keeps a link inside a quote',
      quoted('<a href="b.io">a</a>b'),
      [entity('blockquote', 0, 2), { ...entity('text_link', 0, 1), url: 'http://b.io/' }],
    ],
    [
      'drops a link around a quote',
      `<a href="b.io">a${quoted('b')}c</a>`,
      [entity('blockquote', 1, 1)],
    ],
    [
      'puts the longer entity first',
      '<u>a</u><i>b</i><s><u>cd</u></s>',
      [
        entity('underline', 0, 1),
        entity('italic', 1, 1),
        entity('underline', 2, 2),
        entity('strikethrough', 2, 2),
      ],
    ],
  ])('%s', (_behaviour, html, entities) => {
    expect(finishText(TelegramHtmlParser.parse(html)).entities).toEqual(entities);
  });

  it.each([
    ['/start@a_bot now', [entity('bot_command', 0, 12)]],
    ['see /help, not a/b nor http://x/y', [entity('bot_command', 4, 5)]],
    ['@ann_b and a@b', [entity('mention', 0, 6)]],
    ['#tag1 #1 a#b', [entity('hashtag', 0, 5)]],
    ['$USD $usd', [entity('cashtag', 0, 4)]],
    ['to https://example.com/a?b=c.', [entity('url', 3, 25)]],
    ['example.com, x.y', [entity('url', 0, 11)]],
    ['http://localhost/', []],
    ['mail ann@example.com!', [entity('email', 5, 15)]],
    ['<b>a example.com</b>', [entity('bold', 0, 2), entity('url', 2, 11), entity('bold', 2, 11)]],
    ['<code>example.com /x</code>', [entity('code', 0, 14)]],
  ])('finds what is special in %j by itself', (html, entities) => {
    expect(finishText(TelegramHtmlParser.parse(html)).entities).toEqual(entities);
  });

  it('keeps 100 entities, links before styles', () => {
    const bold = Array.from({ length: 60 }, (_, index) => entity('bold', index * 2, 1));
    const links = Array.from({ length: 60 }, (_, index) => ({
      ...entity('text_link', 200 + index, 1),
      url: 'http://b.io/',
    }));
    const { entities } = finishText({ text: 'x'.repeat(300), entities: [...bold, ...links] });
    expect(entities.filter(({ type }) => type === 'text_link')).toHaveLength(60);
    expect(entities.filter(({ type }) => type === 'bold')).toEqual(bold.slice(0, 40));
  });

  it.each([
    [entity('bold', 4, 1), 'Entity begins after the end of the text at UTF-16 offset 4'],
    [
      entity('bold', 1, 6),
      'Entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 7',
    ],
    [entity('bold', 2, 1), 'Entity begins in a middle of a UTF-16 symbol at byte offset 5'],
    [
      entity('bold', 0, 2),
      'Entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5',
    ],
    [entity('bold', -1, 2), 'Receive an entity with incorrect offset -1'],
    [entity('bold', 0, -1), 'Receive an entity with incorrect length -1'],
  ])('refuses the entity %j of "a😀"', (asked, message) => {
    expect(() => finishText({ text: 'a😀', entities: [asked] })).toThrow(new TextError(message));
  });

  it('takes a long text without pauses in no time', () => {
    const text = 'a.b-c@d #e /f '.repeat(2_300) + 'x'.repeat(20_000) + '.-'.repeat(5_000);
    const before = performance.now();
    finishText({ text, entities: [] });
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  it.each([0, -1])('refuses the time %i (td: FormattedDate.cpp)', (unixTime) => {
    const time = { ...entity('date_time', 0, 1), unixTime };
    expect(() => finishText({ text: 'x', entities: [time] })).toThrow('Invalid date specified');
  });
});

function entity(type: TextEntity['type'], offset: number, length: number): TextEntity {
  return { type, offset, length };
}

function quoted(html: string): string {
  return `<blockquote>${html}</blockquote>`;
}
