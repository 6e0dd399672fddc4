import { describe, expect, it } from 'vitest';
import { validateWebhookUrl, webhookUrlOf } from './webhook-url.js';

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

describe('validateWebhookUrl', () => {
  it.each([
    'https://app.example.com',
    'https://app.example.com:8443/telegram/webhook',
    'https://app.example.com:88/a?b=c',
    'https://app.example.com:80',
    'https://203.0.113.7',
    'https://172.32.0.1',
  ])('accepts %s', (url) => {
    expect(validateWebhookUrl(url)).toBeUndefined();
  });

  it.each([
    ['not a url', 'is no URL'],
    [' https://app.example.com', 'is no URL'],
    ['https://app.example.com\n', 'is no URL'],
    ['https://app.exam\tple.com', 'is no URL'],
    ['https://app.example.com/a b', 'is no URL'],
    ['https:app.example.com', 'is no URL'],
    ['https:/app.example.com', 'is no URL'],
    ['https:///app.example.com', 'is no URL'],
    [String.raw`https:\\app.example.com`, 'is no URL'],
    [String.raw`https://app.example.com\hook`, 'is no URL'],
    ['https://app.localhost', 'points to app.localhost'],
    ['http://app.example.com', 'must begin with https://'],
    ['ftp://app.example.com', 'must begin with https://'],
    ['https://app.example.com:3000', 'has the port 3000'],
    ['https://[2001:db8::1]', 'IPv6'],
    ['https://localhost', 'points to localhost'],
    ['https://127.0.0.1', 'points to 127.0.0.1'],
    ['https://10.1.2.3', 'points to 10.1.2.3'],
    ['https://172.16.0.1', 'points to 172.16.0.1'],
    ['https://192.168.1.1', 'points to 192.168.1.1'],
    ['https://100.64.0.1', 'points to 100.64.0.1'],
    ['https://169.254.1.1', 'points to 169.254.1.1'],
  ])('says what is wrong with %s', (url, flaw) => {
    expect(validateWebhookUrl(url)).toContain(flaw);
  });
});
