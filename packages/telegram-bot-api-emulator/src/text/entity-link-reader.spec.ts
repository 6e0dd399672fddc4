import { describe, expect, it } from 'vitest';
import { readMarkedLink, readTextLink } from './entity-link-reader.js';

describe('readTextLink', () => {
  it.each([
    ['Example.com', { type: 'text_link', url: 'http://example.com/' }],
    ['tg://user?id=7', { type: 'text_mention', userId: 7 }],
    ['tg://user?id=0', { type: 'text_link', url: 'tg://user?id=0' }],
    ['nowhere', undefined],
    ['', undefined],
  ])('makes of %j %j', (url, content) => {
    expect(readTextLink(url)).toEqual(content);
  });
});

describe('readMarkedLink', () => {
  it.each([
    ['tg://emoji?id=5368324170671202286', '5368324170671202286'],
    ['TG:EMoji/?x&id=25&id=y#id=26', '25'],
    ['tg://emoji?id=-9223372036854775808', '-9223372036854775808'],
  ])('finds the custom emoji of %j', (url, customEmojiId) => {
    expect(readMarkedLink(url)).toEqual({ type: 'custom_emoji', customEmojiId });
  });

  it.each([
    ['tg://time?unix=1647531900', 1_647_531_900, ''],
    ['TG:TiME/?format=Tw&x=1&unix=25#unix=26', 25, 'wT'],
    ['tg://time?unix=5&unix=6&format=s&format=R', 6, 'r'],
    ['tg://time?unix=2147483647&format', 2_147_483_647, ''],
  ])('finds the time of %j', (url, unixTime, dateTimeFormat) => {
    expect(readMarkedLink(url)).toEqual({ type: 'date_time', unixTime, dateTimeFormat });
  });

  it.each([
    '',
    't://emoji?id=5',
    'tg:///emoji?id=5',
    'tg://emojis?id=5',
    'tg://emoji//?id=5',
    'tg://emoji#?id=5',
    'tg://emoji',
    'tg://emoji?x=5',
    'tg://emoji?ID=5',
    'tg://emoji?id',
    'tg://emoji?id=0',
    'tg://emoji?id=-0',
    'tg://emoji?id=+5',
    'tg://emoji?id=05',
    'tg://emoji?id=5x',
    'tg://emoji?id=x&id=5',
    'tg://emoji?id=9223372036854775808',
    'tg://times?unix=5',
    'tg://time?id=5',
    'tg://time?unix=0',
    'tg://time?unix=-5',
    'tg://time?unix=05',
    'tg://time?unix=2147483648',
    'tg://time?unix=5&unix=x',
    'tg://time?unix=5&format=rt',
    'http://example.com',
  ])('finds nothing in %j', (url) => {
    expect(readMarkedLink(url)).toBeUndefined();
  });
});
