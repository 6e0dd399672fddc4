import { describe, expect, it } from 'vitest';
import { findEntities } from './find-entities.js';

const found = (text: string): string[] =>
  findEntities(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);

/** Most are from Telegram's own tests (tdlib/td, test/message_entities.cpp). */
describe('findEntities', () => {
  it.each<[text: string, ...entities: string[]]>([
    ['()telegram.org/?q=()', 'url telegram.org/?q=()'],
    ['.telegram.org)'],
    ['http://google,.com'],
    ['http://telegram.org/?asd=123#123.', 'url http://telegram.org/?asd=123#123'],
    ['http://@google.com', 'mention @google'],
    ['http://a@google.com', 'url http://a@google.com'],
    ['ftp://telegram.org', 'url ftp://telegram.org'],
    ['sftp://telegram.org'],
    ['аHTTP://telegram.org', 'url HTTP://telegram.org'],
    ['sHTTP://telegram.org'],
    ['google.com:1#ab c', 'url google.com:1#ab'],
    ['google.com:1#', 'url google.com:1'],
    ['google.com:000000065536/abs', 'url google.com'],
    ['127.0.0.1', 'url 127.0.0.1'],
    ['127.0.0.256'],
    ['www.🤙.tk', 'url www.🤙.tk'],
    ['ТеСт.МоСкВа', 'url ТеСт.МоСкВа'],
    ['ТеСт.Москва'],
    ['TeiegraM.org/test'],
    ['http://test.google.com/?q=abc()}[]def', 'url http://test.google.com/?q=abc()'],
    ['http://test.google.com/?q=abc([{)]}def', 'url http://test.google.com/?q=abc([{)]}def'],
    ['http://test-.google.com'],
    ['http://google_.com'],
    ['http://google.com?', 'url http://google.com'],
    ['http://google.com##', 'url http://google.com##'],
    ['a.bc@c.com', 'email a.bc@c.com'],
    ['https://a.bc@c.com', 'url https://a.bc@c.com'],
    ['https://a.de[bc@c.com', 'url https://a.de', 'email bc@c.com'],
    ['https://a:hbc:defg@c.com', 'url https://a:hbc:defg@c.com'],
    ['telegram.Org'],
    ['telegram.ORG', 'url telegram.ORG'],
    ['Look mailto:test@example.com', 'email test@example.com'],
    ['https://t.me/abcdef…', 'url https://t.me/abcdef'],
    ['test@test.software', 'email test@test.software'],
    ['a!:b@gmail.com', 'url a!:b@gmail.com'],
    ['http://test_.com'],
    ['_.test.com', 'url _.test.com'],
    ['@gif @abc @abcd é@abcd', 'mention @gif', 'mention @abcd'],
    ['/a@b /ab@bot /ab/ </ab>', 'bot_command /ab@bot'],
    ['#tag #1 #1a@user #a#b', 'hashtag #tag', 'hashtag #1a@user'],
    ['$USD $usd $1INCH', 'cashtag $USD', 'cashtag $1INCH'],
    ['tg://user?id=5, ton://x.', 'app_link tg://user?id=5', 'app_link ton://x'],
    ['tonsite://telegram.ton', 'app_link tonsite://telegram.ton'],
    ['https://a.com/@abcd', 'url https://a.com/@abcd'],
    ['#https://a.com/@abcd', 'hashtag #https', 'mention @abcd'],
    ['4111 1111 1111 1111.com/@abcd', 'bank_card 4111 1111 1111 1111', 'mention @abcd'],
    ['https://a.com/\t@abcd', 'url https://a.com/', 'mention @abcd'],
  ])('finds in %j', (text, ...entities) => {
    expect(found(text)).toEqual(entities);
  });

  it('takes time in proportion to a text of 1 MB, whatever it is made of', () => {
    for (const piece of [
      'a.',
      '.',
      '@',
      'a@',
      'a.com',
      '/',
      'https://',
      'a.com@',
      '#a',
      '1 ',
      'a.b/(',
    ]) {
      const startedAtMs = performance.now();
      findEntities(piece.repeat(1_000_000 / piece.length));
      expect({ piece, isFast: performance.now() - startedAtMs < 10_000 }).toEqual({
        piece,
        isFast: true,
      });
    }
  });
});
