import { describe, expect, it } from 'vitest';
import { validateWebhookUrl } from './validate-webhook-url.js';

describe('The address of a webhook', () => {
  it.each([
    'https://app.example.com',
    'https://app.example.com:8443/telegram/webhook',
    'https://app.example.com:88/a?b=c',
    'https://app.example.com:80',
    'https://203.0.113.7',
    'https://172.32.0.1',
  ])('is good: %s', (url) => {
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
    ['https://app.localhost', 'leads to app.localhost'],
    ['http://app.example.com', 'must begin with https://'],
    ['ftp://app.example.com', 'must begin with https://'],
    ['https://app.example.com:3000', 'has the port 3000'],
    ['https://[2001:db8::1]', 'IPv6'],
    ['https://localhost', 'leads to localhost'],
    ['https://127.0.0.1', 'leads to 127.0.0.1'],
    ['https://10.1.2.3', 'leads to 10.1.2.3'],
    ['https://172.16.0.1', 'leads to 172.16.0.1'],
    ['https://192.168.1.1', 'leads to 192.168.1.1'],
    ['https://100.64.0.1', 'leads to 100.64.0.1'],
    ['https://169.254.1.1', 'leads to 169.254.1.1'],
  ])('is not: %s', (url, flaw) => {
    expect(validateWebhookUrl(url)).toContain(flaw);
  });
});
