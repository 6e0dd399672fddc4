import { describe, expect, it } from 'vitest';
import { checkLink, linkedUserId } from './telegram-link.js';

describe('checkLink', () => {
  it.each([
    ['example.com', 'http://example.com/'],
    ['https://Example.COM/Path?Q=1#F', 'https://example.com/Path?Q=1#F'],
    ['https://example.com?q=a b', 'https://example.com/?q=a%20b'],
    ['https://user:pw@example.com:8443/x', 'https://user:pw@example.com:8443/x'],
    ['https://пример.рф/', 'https://пример.рф/'],
    ['mailto:ann@example.com', 'http://mailto:ann@example.com/'],
    ['tg:resolve?domain=Ann', 'tg://resolve?domain=Ann'],
    ['TG://Some_Name-1?v=A:B/c', 'tg://some_name-1?v=A:B/c'],
    ['tg://name', 'tg://name/'],
    ['ton://transfer/abc', 'ton://transfer/abc'],
  ])('keeps %s as %s', (link, kept) => {
    expect(checkLink(link)).toBe(kept);
  });

  it.each([
    'nowhere',
    'javascript:alert(1)',
    'ftp://example.com/',
    'https://',
    'https://.',
    'https://exa mple.com',
    'https://example.com:0',
    'https://example.com:70000',
    'https://example.com:port/',
    'tg://na.me?v=1',
    'tg://name:80?v=1',
    'tg://ann@name?v=1',
    'tg:https://example.com',
  ])('drops %s', (link) => {
    expect(checkLink(link)).toBeUndefined();
  });
});

describe('linkedUserId', () => {
  it.each([
    ['tg://user?id=123', 123],
    ['TG:User?x=1&ID=5100000001#x', 5_100_000_001],
    ['tg://user/?id=7', 7],
  ])('finds the user of %s', (link, userId) => {
    expect(linkedUserId(link)).toBe(userId);
  });

  it.each(['tg://user', 'tg://user?id=', 'tg://user?id=x', 'tg://users?id=1', 'https://t.me/ann'])(
    'finds nobody in %s',
    (link) => {
      expect(linkedUserId(link)).toBeUndefined();
    },
  );
});
