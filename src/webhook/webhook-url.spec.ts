import { describe, expect, it } from 'vitest';
import { webhookUrlOf } from './webhook-url.js';

const plain = { path: '/telegram/webhook', globalPrefix: '' };
const prefixed = { path: '/api/telegram/webhook', globalPrefix: '/api' };
const leftOut = { path: '/telegram/webhook', globalPrefix: '/api' };
const oneSegment = { path: '/api', globalPrefix: '/api' };

describe('webhookUrlOf', () => {
  it.each([
    ['a host', 'https://a.example', plain, 'https://a.example/telegram/webhook'],
    ['a host with a slash', 'https://a.example//', plain, 'https://a.example/telegram/webhook'],
    ['a sub-path', 'https://a.example/shop', plain, 'https://a.example/shop/telegram/webhook'],
    [
      'a sub-path that begins alike',
      'https://a.example/telegram',
      plain,
      'https://a.example/telegram/telegram/webhook',
    ],
    [
      'the whole URL',
      'https://a.example/telegram/webhook/',
      plain,
      'https://a.example/telegram/webhook',
    ],
    [
      'a host below a prefix',
      'https://a.example',
      prefixed,
      'https://a.example/api/telegram/webhook',
    ],
    ['the prefix', 'https://a.example/api/', prefixed, 'https://a.example/api/telegram/webhook'],
    [
      'a path that ends like the prefix',
      'https://a.example/my-api',
      prefixed,
      'https://a.example/my-api/api/telegram/webhook',
    ],
    [
      'a sub-path before the prefix',
      'https://a.example/shop/api',
      prefixed,
      'https://a.example/shop/api/telegram/webhook',
    ],
    [
      'a sub-path without the prefix',
      'https://a.example/shop',
      prefixed,
      'https://a.example/shop/api/telegram/webhook',
    ],
    [
      'the whole URL below a prefix',
      'https://a.example/api/telegram/webhook',
      prefixed,
      'https://a.example/api/telegram/webhook',
    ],
    [
      'a whole URL that a proxy maps',
      'https://a.example/telegram/webhook',
      prefixed,
      'https://a.example/telegram/webhook',
    ],
    [
      'a query',
      'https://a.example/shop/?key=/x#top',
      prefixed,
      'https://a.example/shop/api/telegram/webhook?key=/x',
    ],
    [
      'a whole URL with a query',
      'https://a.example/api/telegram/webhook/?key=1',
      prefixed,
      'https://a.example/api/telegram/webhook?key=1',
    ],
    ['a query alone', 'https://a.example?k=1', plain, 'https://a.example/telegram/webhook?k=1'],
    ['a host named like the prefix', 'https://api', prefixed, 'https://api/api/telegram/webhook'],
    [
      'a host, the webhook being left out of the prefix',
      'https://a.example',
      leftOut,
      'https://a.example/telegram/webhook',
    ],
    [
      'the prefix, the webhook being left out of it',
      'https://a.example/api',
      leftOut,
      'https://a.example/api/telegram/webhook',
    ],
    [
      'a host, the webhook being at the prefix itself',
      'https://a.example',
      oneSegment,
      'https://a.example/api',
    ],
  ])('makes a URL of %s', (_name, base, served, url) => {
    expect(webhookUrlOf(base, served)).toBe(url);
  });
});
