import type { RequestListener } from 'node:http';
import { hostname } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { TelegramSettings } from '../../src/config/telegram-settings.js';
import { PublicAddresses } from '../../src/files/public-addresses.js';
import { UrlFetcher } from '../../src/files/url-fetcher.js';
import { HttpServer } from '../support/http-server.js';

const PRIVATE = /leads to a private address, see files\.allowPrivateUrls/;
const MOST = 1_000_000;

/** Tests reach nothing but this machine: one of its addresses stands for the internet. */
const INTERNET = '127.0.0.2';
class TestAddresses extends PublicAddresses {
  override has(address: string): boolean {
    return address === INTERNET || super.has(address);
  }
}

describe('UrlFetcher', () => {
  const servers: HttpServer[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.stop();
  });

  /** How many requests have arrived at the private server. */
  let hits = 0;

  async function listen(host: string, answer: RequestListener): Promise<string> {
    const server = await HttpServer.start(answer, host);
    servers.push(server);
    return server.origin;
  }

  const privateServer = (host = '127.0.0.1'): Promise<string> => {
    hits = 0;
    return listen(host, (_request, response) => {
      hits += 1;
      response.end('secret of the network');
    });
  };

  const redirectTo = (location: string, status = 302): Promise<string> =>
    listen(INTERNET, (_request, response) => response.writeHead(status, { location }).end());

  async function fetch(url: string, allowPrivateUrls = false): Promise<string> {
    const settings = new TelegramSettings({ files: { allowPrivateUrls } });
    const fetcher = new UrlFetcher(new TestAddresses(), settings);
    const body = await fetcher.open(url, MOST, new AbortController().signal);
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString();
  }

  it('fetches from an address that is allowed, also over a redirect', async () => {
    const target = await listen(INTERNET, (request, response) => response.end(request.url));
    expect(await fetch(`${target}/a?b=c`)).toBe('/a?b=c');
    for (const status of [301, 302, 303, 307, 308]) {
      expect(await fetch(await redirectTo(`${target}/d`, status))).toBe('/d');
    }
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '0',
    'localhost',
    'LOCALHOST',
  ])(
    'connects to no private address written as %s, neither at once nor after a redirect',
    async (host) => {
      const { port } = new URL(await privateServer());
      const url = `http://${host}:${port}/`;
      await expect(fetch(url)).rejects.toThrow(PRIVATE);
      await expect(fetch(await redirectTo(url))).rejects.toThrow(PRIVATE);
      expect(hits).toBe(0);
      expect(await fetch(url, true)).toBe('secret of the network');
    },
  );

  it.each(['[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'])(
    'connects to no private address written as %s',
    async (host) => {
      const { port } = new URL(await privateServer('::'));
      await expect(fetch(`http://${host}:${port}/`)).rejects.toThrow(PRIVATE);
      await expect(fetch(await redirectTo(`http://${host}:${port}/`))).rejects.toThrow(PRIVATE);
      expect(hits).toBe(0);
    },
  );

  it.each(['169.254.169.254', '[fd00:ec2::254]', '10.0.0.1', '100.64.0.1', '[fe80::1]', '0.0.0.0'])(
    'refuses %s without a connection',
    async (host) => {
      await expect(fetch(`http://${host}/latest/meta-data/`)).rejects.toThrow(PRIVATE);
      await expect(fetch(`https://${host}/`)).rejects.toThrow(PRIVATE);
    },
  );

  it('refuses a name that leads to this machine', async () => {
    const { port } = new URL(await privateServer('0.0.0.0'));
    await expect(fetch(`http://${hostname()}:${port}/`)).rejects.toThrow(PRIVATE);
    expect(hits).toBe(0);
  });

  it.each(['file:///etc/passwd', 'ftp://example.org/', 'data:text/plain,hi', 'gopher://x/'])(
    'follows no redirect to %s',
    async (location) => {
      await expect(fetch(await redirectTo(location))).rejects.toThrow('other than http or https');
    },
  );

  it('gives up after five redirects', async () => {
    let left = 0;
    const server = await listen(INTERNET, (_request, response) => {
      left -= 1;
      if (left < 0) response.end('done');
      else response.writeHead(302, { location: '/next' }).end();
    });
    left = 5;
    expect(await fetch(server)).toBe('done');
    left = 6;
    await expect(fetch(server)).rejects.toThrow('redirects more than 5 times');
  });

  it('sends no credentials that a redirect contains', async () => {
    const target = await listen(INTERNET, ({ headers }, response) =>
      response.end(headers.authorization ?? 'none'),
    );
    const { host } = new URL(target);
    expect(await fetch(await redirectTo(`http://user:secret@${host}/`))).toBe('none');
  });

  it.each([401, 403, 404, 410, 500, 503, 204, 206])(
    'says that the server answered %i',
    async (status) => {
      const server = await listen(INTERNET, (_request, response) =>
        response.writeHead(status).end(),
      );
      await expect(fetch(`${server}/?key=secret`)).rejects.toThrow(`its server answered ${status}`);
    },
  );

  it('says that nobody listens, without an address', async () => {
    const url = await redirectTo('/');
    for (const server of servers.splice(0)) server.stop();
    await expect(fetch(url)).rejects.toThrow('its server was not reached (ECONNREFUSED)');
  });

  it('reads nothing of a body that is announced as too large', async () => {
    const server = await listen(INTERNET, (_request, response) => {
      response.writeHead(200, { 'content-length': 10_000_000_000 });
      response.write('a');
    });
    await expect(fetch(server)).rejects.toMatchObject({ name: 'FileTooBigError', size: 1e10 });
  });
});
