import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findEntities } from '../testing/text/entity.finder.js';
import { breakPings } from './ping.breaker.js';

/** What Telegram makes clickable, as the emulator has it from Telegram's source. */
function pingsIn(text: string): string[] {
  return findEntities(text)
    .filter(({ type, offset }) => {
      const isAppLink = type === 'url' && /^(?:tg|ton|tonsite):/i.test(text.slice(offset));
      return type === 'mention' || type === 'bot_command' || isAppLink;
    })
    .map(({ offset, length }) => text.slice(offset, offset + length));
}

/** What mentions, commands and links are made of, and what keeps them apart. */
const PIECES =
  '@ / a user _ 9 é \u0301 \u200d 😀 . : ? # - < ) https:// http://a.com https://a.com/ tg:// tonsite:// a@b.com'
    .split(' ')
    .concat(' ', '\n');

describe('breakPings', () => {
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
    ['https://a.com/@https://a@b.com', 'https://a.com/＠https://a@b.com'],
    ['xhttps://a.com/@admin', 'xhttps://a.com/＠admin'],
  ])('breaks %s', (text, broken) => {
    expect(breakPings(text)).toBe(broken);
  });

  it.each([
    'alice@example.com',
    'mailto:alice+desk@example.com',
    'https://youtube.com/@handle',
    'https://gitlab.com/a/b/-/issues/1?next=/home.',
    'https://a.com/a:b/@handle',
    'on http://example.com/@a/b: see',
    'and/or, 1/2, 24/7, </b>, //',
    '/etc/nginx/nginx.conf',
    '#5 for $3 @ 4 pm',
  ])('leaves %s', (text) => {
    expect(breakPings(text)).toBe(text);
  });

  it('leaves no mention and no command in any text, and keeps its length', () => {
    const piece = fc.constantFrom(...PIECES);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const broken = breakPings(text);
        expect(pingsIn(broken)).toEqual([]);
        expect(broken).toHaveLength(text.length);
        expect(breakPings(broken)).toBe(broken);
      }),
      // The same texts each time; whoever changes the rules tries others, too.
      { numRuns: 5_000, seed: 1 },
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
      breakPings(piece.repeat(1_000_000 / piece.length));
      expect({ piece, isFast: performance.now() - startedAtMs < 5_000 }).toEqual({
        piece,
        isFast: true,
      });
    }
  });
});
