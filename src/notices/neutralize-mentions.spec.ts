import * as fc from 'fast-check';
import { findEntities } from 'telegram-entities';
import { describe, expect, it } from 'vitest';
import { neutralizeMentions } from './neutralize-mentions.js';

/** What notifies somebody or acts when it is tapped. */
function pingsIn(text: string): string[] {
  return findEntities(text)
    .filter(({ type }) => type === 'mention' || type === 'bot_command' || type === 'app_link')
    .map(({ start, end }) => text.slice(start, end));
}

/** What a tap opens. */
function linksIn(text: string): string[] {
  return findEntities(text)
    .filter(({ type }) => type === 'email' || type === 'url')
    .map(({ start, end }) => `${start}: ${text.slice(start, end)}`);
}

/** What mentions, commands and links are made of, and what keeps them apart. */
const PIECES =
  '@ / a user _ 9 é \u0301 \u200d 😀 . : ? # - < ) https:// http://a.com https://a.com/ tg:// tonsite:// a@b.com'
    .split(' ')
    .concat(' ', '\n');

/** What customers write that Telegram makes a link of, or must not. */
const WORDS =
  'https://www.youtube.com/@abc www.youtube.com/@abc youtube.com/@abc https://a.com:8080/@user/1 http://münchen.de/@abc HTTP://A.COM/@abc https://a.com/?x=@user#@me alice@example.com https://u:p@a.com/@user 192.0.2.7/@abc @user @john.me /start /start@desk_bot tg://user?id=5 #tag word'.split(
    ' ',
  );

/** What keeps them apart. */
const SEPARATORS = [
  ' ',
  '\n',
  ', ',
  '. ',
  ': ',
  ' (',
  ') ',
  ' [',
  '] ',
  ' "',
  '" ',
  '» ',
  '\t',
  ' - ',
];

describe('neutralizeMentions', () => {
  it.each([
    ['@admin', '＠admin'],
    ['(@admin), é@admin', '(＠admin), é＠admin'],
    ['/ban', '∕ban'],
    ['/ban@desk_bot now', '∕ban@desk_bot now'],
    ['tg://user?id=1', 'tg∶//user?id=1'],
    ['TON://transfer', 'TON∶//transfer'],
    // Telegram never links this domain, and ends links at these characters.
    ['https://teiegram.org/@admin', 'https://teiegram.org/＠admin'],
    ['https://a.com/)@admin', 'https://a.com/)＠admin'],
    ['https://a.com:99999/@admin', 'https://a.com:99999/＠admin'],
    ['https://a.com/x»@admin', 'https://a.com/x»＠admin'],
    ['https://a.com"@admin"', 'https://a.com"＠admin"'],
    ['https://a.com/\n@admin', 'https://a.com/\n＠admin'],
    ['https://a.com.@admin', 'https://a․com․＠admin'],
    ['https://localhost/@admin', 'https://localhost/＠admin'],
    ['sftp://a.com/@admin', 'sftp://a.com/＠admin'],
    ['a.notld/@admin', 'a.notld/＠admin'],
    ['a.Com/@admin', 'a.Com/＠admin'],
    ['1.2.3.256/@admin', '1.2.3.256/＠admin'],
    // The beginning of another entity is the end of a link.
    ['#https://a.com/@admin', '#https://a.com/＠admin'],
    ['$HTTPS://a.com/@admin', '$HTTPS://a.com/＠admin'],
    ['4111 1111 1111 1111.com/@admin', '4111 1111 1111 1111.com/＠admin'],
    ['1https://@admin.com/@admin', '1https://＠admin․com/＠admin'],
    // What is replaced would be a part of a link where it was none.
    ['@admin.me', '＠admin․me'],
    ['/start.me', '∕start․me'],
    ['/https://a.com/@admin', '∕https://a․com/＠admin'],
    ['@https://a.com/@admin', '＠https://a․com/＠admin'],
    ['@a@b.comhttps://a.com/@admin', '＠a@b.comhttps://a.com/＠admin'],
  ])('breaks %s', (text, broken) => {
    expect(neutralizeMentions(text)).toBe(broken);
  });

  it.each([
    'alice@example.com',
    'mailto:alice+desk@example.com',
    'josé@example.com',
    'https://youtube.com/@handle',
    'https://www.youtube.com/@abc',
    '(https://www.youtube.com/@abc)',
    '[https://www.youtube.com/@abc]',
    '{https://www.youtube.com/@abc}',
    '<https://www.youtube.com/@abc>',
    '"https://www.youtube.com/@abc"',
    "'https://www.youtube.com/@abc'",
    '«https://www.youtube.com/@abc»',
    '“https://www.youtube.com/@abc”',
    '`https://www.youtube.com/@abc`',
    '[my channel](https://www.youtube.com/@abc)',
    '<a href="https://www.youtube.com/@abc">https://www.youtube.com/@abc</a>',
    'see:https://www.youtube.com/@abc',
    'see=https://www.youtube.com/@abc,',
    'https://www.youtube.com/@abc. And https://www.youtube.com/@def!',
    'https://www.youtube.com/@abc?',
    'https://www.youtube.com/@abc…',
    'https://www.youtube.com/@abc,https://www.youtube.com/@def',
    'https://www.youtube.com/@abc;www.youtube.com/@def',
    'HTTPS://WWW.YOUTUBE.COM/@ABC',
    'Https://YouTube.com/@abc',
    'xhttps://a.com/@admin',
    'https://a.com/@https://a@b.com',
    'http://example.com:8080/@abc',
    'https://example.com:443/@abc?x=@def#@ghi',
    'https://example.com?from=@abc',
    'https://example.com#@abc',
    'www.youtube.com/@abc',
    'youtube.com/@abc, t.me/@abc and medium.com/@abc/title-1a2b',
    'https://mastodon.social/@user/123',
    'mastodon.social/@user@example.org',
    'https://xn--mnchen-3ya.de/@abc',
    'xn--80ak6aa92e.com/@abc',
    'https://münchen.de/@abc',
    'президент.рф/@abc',
    'https://例え.テスト/@abc',
    'https://i.❤.ws/@abc',
    'https://shop.photography/@abc',
    'shop.photography/@abc',
    'https://example.anything/@abc',
    'https://user@example.com/@abc',
    'https://user:pw@example.com:8080/@abc',
    'https://192.0.2.7/@abc',
    '192.0.2.7:3000/@abc',
    'ftp://example.com/@abc',
    'https://example.com/a(b)@abc',
    'https://example.com/[@abc]',
    'https://example.com/tg://user?id=5',
    'alice@example.com,https://example.com/@abc,bob@example.com',
    'https://gitlab.com/a/b/-/issues/1?next=/home.',
    'https://a.com/a:b/@handle',
    'on http://example.com/@a/b: see',
    'and/or, 1/2, 24/7, </b>, //',
    '/etc/nginx/nginx.conf',
    '#5 for $3 @ 4 pm',
  ])('leaves %s', (text) => {
    expect(neutralizeMentions(text)).toBe(text);
  });

  it('leaves no mention and no command in any text, and keeps its length', () => {
    const piece = fc.constantFrom(...PIECES);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const broken = neutralizeMentions(text);
        expect(pingsIn(broken)).toEqual([]);
        expect(broken).toHaveLength(text.length);
        expect(neutralizeMentions(broken)).toBe(broken);
        // A look-alike that joins a name to a link may take the link with it; nothing becomes one.
        expect(linksIn(text)).toEqual(expect.arrayContaining(linksIn(broken)));
      }),
      // The same texts each time; whoever changes the rules tries others, too.
      { numRuns: 5_000, seed: 1 },
    );
  });

  it('leaves the links of any text that has some, and makes no others', () => {
    const word = fc.constantFrom(...WORDS);
    const separator = fc.constantFrom(...SEPARATORS);
    fc.assert(
      fc.property(fc.array(fc.tuple(word, separator), { maxLength: 12 }), (words) => {
        const text = words.flat().join('');
        const broken = neutralizeMentions(text);
        expect(pingsIn(broken)).toEqual([]);
        expect(linksIn(broken)).toEqual(linksIn(text));
      }),
      { numRuns: 5_000, seed: 1 },
    );
  });

  it('makes no link of one that was cut off', () => {
    const original = 'https://example.com/@abc and https://example.com/@def';
    for (const [cut, shown] of [
      ['https://example.com/@abc and https://example.com/@de', 'https://example․com/＠de'],
      ['https://example.com/@abc and https://example.co', 'https://example․co'],
      ['https://example.com/@abc and https://example', 'https://example'],
    ] as const) {
      expect(neutralizeMentions(cut, original)).toBe(`https://example.com/@abc and ${shown}`);
    }
    expect(neutralizeMentions('https://example.com/@ab', original)).toBe(
      'https://example․com/＠ab',
    );
  });

  it('takes time in proportion to a text of 1 MB, whatever it is made of', () => {
    for (const piece of [
      '@',
      '/',
      '@a',
      '/a',
      'a',
      'https://',
      'https://a.',
      ' https://a.com/@',
      'tg:',
    ]) {
      const startedAtMs = performance.now();
      neutralizeMentions(piece.repeat(1_000_000 / piece.length));
      expect({ piece, isFast: performance.now() - startedAtMs < 5_000 }).toEqual({
        piece,
        isFast: true,
      });
    }
  });
});
