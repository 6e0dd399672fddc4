import { describe, expect, it } from 'vitest';
import { environmentProxy } from './environment-proxy.js';

const TELEGRAM = 'https://api.telegram.org/bot1:x/getMe';

describe('environmentProxy', () => {
  it.each<[Record<string, string>, string, string | undefined]>([
    [{}, TELEGRAM, undefined],
    [{ HTTPS_PROXY: 'http://proxy:3128' }, TELEGRAM, 'http://proxy:3128'],
    [{ https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1' }, TELEGRAM, 'http://a:1'],
    [{ HTTP_PROXY: 'http://proxy:3128' }, TELEGRAM, undefined],
    [{ HTTP_PROXY: 'http://proxy:3128' }, 'http://telegram:8081', 'http://proxy:3128'],
    [{ ALL_PROXY: 'http://proxy:3128' }, TELEGRAM, 'http://proxy:3128'],
    [{ HTTPS_PROXY: 'proxy:3128' }, TELEGRAM, 'https://proxy:3128'],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, TELEGRAM, undefined],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a, api.telegram.org' }, TELEGRAM, undefined],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: '.telegram.org' }, TELEGRAM, undefined],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: '*.telegram.org' }, TELEGRAM, undefined],
    [{ HTTPS_PROXY: 'http://p:1', no_proxy: 'telegram.org' }, TELEGRAM, 'http://p:1'],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: 'api.telegram.org:443' }, TELEGRAM, undefined],
    [{ HTTPS_PROXY: 'http://p:1', NO_PROXY: 'api.telegram.org:80' }, TELEGRAM, 'http://p:1'],
  ])('says with %j for %s the proxy that the HTTP library uses: %s', (variables, url, expected) => {
    expect(environmentProxy(url, variables)?.url).toBe(expected);
  });
});
