import { request as requestHttp } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PageClient } from '../../test/support/page-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('PageSite', () => {
  let telegram: BotApiEmulator;
  let page: PageClient;
  let forum: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(), page: true });
    page = new PageClient(telegram);
    forum = telegram.createForum({ title: 'Team' });
  });

  afterEach(() => telegram.stop());

  /** The status of a request with headers that `fetch` does not let one set. */
  async function statusOf(
    path: string,
    headers: Record<string, string>,
    method = 'GET',
  ): Promise<number | undefined> {
    const request = requestHttp(`${telegram.apiRoot}${path}`, { method, headers });
    request.end();
    const [response] = await once(request, 'response');
    response.destroy();
    return response.statusCode;
  }

  it('is not there unless it was asked for', async () => {
    const plain = await BotApiEmulator.start();
    expect(() => plain.pageUrl).toThrow('There is no page; start the emulator with { page: true }');
    expect((await fetch(`${plain.apiRoot}/page/`)).status).toBe(404);
    await plain.stop();
  });

  it('is where pageUrl says, also without the slash', async () => {
    expect(page.url).toBe(`${telegram.apiRoot}/page/`);
    const response = await fetch(`${telegram.apiRoot}/page`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '/page/']);
  });

  it('lets nothing run but its own files, and nobody show it', async () => {
    const response = await fetch(page.url);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('lets those show it who are named', async () => {
    const frameAncestors = ['http://localhost:3000', 'https://desk.example.com'];
    const framed = await BotApiEmulator.start({ page: { frameAncestors } });
    const { headers } = await fetch(framed.pageUrl);
    expect(headers.get('content-security-policy')).toContain(
      "frame-ancestors 'self' http://localhost:3000 https://desk.example.com;",
    );
    await framed.stop();
  });

  it.each(['*', "'self'", 'localhost:3000', 'http://localhost:3000/', 'https://a.example; x', ''])(
    'does not start where %j is to show it',
    async (origin) => {
      await expect(BotApiEmulator.start({ page: { frameAncestors: [origin] } })).rejects.toThrow(
        `${JSON.stringify(origin)} is no origin such as http://localhost:3000`,
      );
    },
  );

  it.each([
    ['127.0.0.1', 200],
    ['localhost:80', 200],
    ['[::1]:8080', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example:80', 403],
  ])('answers the host %j with %i', async (host, status) => {
    expect(await statusOf('/page/events', { Host: host })).toBe(status);
    // Bots may come by any name.
    expect(await statusOf('/nothing', { Host: host })).toBe(404);
  });

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'takes no requests of the origin %s',
    async (Origin) => {
      const action = { type: 'newPerson', name: 'Mallory' };
      expect(await page.post('actions', action, { Origin })).toEqual({
        status: 403,
        body: { ok: false, error: 'The page takes no requests of other sites' },
      });
      expect(await statusOf('/page/events', { Origin })).toBe(403);
    },
  );

  it.each([
    ['cross-site', 'no-cors', 403],
    ['same-site', 'cors', 403],
    ['cross-site', 'navigate', 200],
    ['same-origin', 'cors', 200],
    ['none', 'navigate', 200],
  ])('answers what a page that is %s loads by %s with %i', async (site, mode, status) => {
    const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': mode };
    expect(await statusOf('/page/events', headers)).toBe(status);
  });

  it('takes those of its own origin', async () => {
    const action = { type: 'newPerson', name: 'Bob' };
    const { status } = await page.post('actions', action, { Origin: telegram.apiRoot });
    expect(status).toBe(200);
  });

  it('takes no POST without its header, which forms cannot send', async () => {
    for (const path of ['actions', 'uploads?name=x']) {
      const body = JSON.stringify({ type: 'newPerson', name: 'Mallory' });
      const response = await fetch(`${page.url}${path}`, {
        method: 'POST',
        headers: JSON_TYPE,
        body,
      });
      expect(response.status).toBe(403);
    }
    const { people } = await page.open();
    expect(people.map(({ name }) => name)).toEqual(['Owner of Team']);
    page.close();
  });

  it('grants nothing to a preflight request', async () => {
    const headers = { Origin: 'http://evil.example', 'Access-Control-Request-Method': 'POST' };
    const response = await fetch(`${page.url}actions`, { method: 'OPTIONS', headers });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await statusOf('/page/actions', {}, 'OPTIONS')).toBe(405);
    expect(await statusOf('/page/actions', {}, 'DELETE')).toBe(405);
  });

  it.each([
    'nothing.js',
    'page-site.d.ts',
    '..%2Findex.js',
    '%2e%2e/index.js',
    'files/0',
    'files/x',
    '.js',
  ])('has no %s', async (path) => {
    expect([404, 500]).toContain((await fetch(`${page.url}${path}`)).status);
  });

  it.each<[unknown, number]>([
    ['', 400],
    ['{', 400],
    ['[]', 400],
    ['null', 400],
    ['"write"', 400],
    [{}, 400],
    [{ type: 'constructor' }, 400],
    [{ type: '__proto__' }, 400],
    [{ type: ['write'] }, 400],
    [`[${'['.repeat(100_000)}`, 400],
    [{ type: 'write', text: 'x'.repeat(1 << 20) }, 413],
  ])('answers the %# body that is no action with words', async (body, status) => {
    expect(await page.post('actions', body)).toMatchObject({ status, body: { ok: false } });
  });

  it('takes no other type than JSON', async () => {
    const answer = await page.post('actions', '{}', { 'Content-Type': 'text/plain' });
    expect(answer.status).toBe(415);
  });

  it.each([
    'messages',
    'messages?chat=1&before=1',
    'messages?chat=CHAT&before=x',
    'messages?chat=CHAT&before=1&topic=x',
    'messages?chat=CHAT&before=99999999999999999999',
  ])('answers %s with 400', async (path) => {
    const url = `${page.url}${path.replace('CHAT', String(forum.id))}`;
    expect((await fetch(url)).status).toBe(400);
  });

  it('refuses in words whatever stands in the fields of an action', async () => {
    const junk = [null, true, -1, 0.5, '\0', 'x'.repeat(5_000), [[]], {}];
    const { message_id: messageId } = forum.agent('Ada').write('Hi');
    const fields = {
      chat: String(forum.id),
      as: { person: forum.agent('Ada').user.id },
      messageId,
      topicId: 1,
      bot: telegram.bot.id,
    };
    const { error: types } = errorOf(await page.post('actions', {}));
    const names = `as chat messageId topicId text files question options latitude longitude name
      phoneNumber from emoji button icon kind bot person status seconds isOn delayMs rights byMs replyTo`;
    for (const type of types.replace('type must be one of ', '').split(', ')) {
      for (const name of names.split(/\s+/)) {
        const answers = junk.map((value) =>
          page.post('actions', { ...fields, type, [name]: value }),
        );
        for (const { status, body } of await Promise.all(answers)) {
          const isKnown = status === 200 || (status === 400 && errorOf({ body }).error !== '');
          expect(isKnown, `${type} ${name}: ${JSON.stringify(body)}`).toBe(true);
        }
      }
    }
  }, 300_000);

  it('answers an upload of 100 MB with 413, also when its length is not said', async () => {
    const headers = { 'X-Emulator-Page': '1' };
    const bytes = new Uint8Array(100_000_000);
    const known = await fetch(`${page.url}uploads?name=x`, {
      method: 'POST',
      headers,
      body: bytes,
    });
    expect(known.status).toBe(413);
    const request = requestHttp(`${page.url}uploads?name=x`, { method: 'POST', headers });
    for (let part = 0; part < 10; part++) request.write(bytes.subarray(0, 10_000_000));
    request.end();
    const [[response]] = await Promise.all([once(request, 'response'), once(request, 'finish')]);
    expect(response.statusCode).toBe(413);
    response.destroy();
  });

  it('cuts off a body that does not end', async () => {
    const { port } = new URL(page.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    const head = ['POST /page/actions HTTP/1.1', `Host: 127.0.0.1:${port}`, 'X-Emulator-Page: 1'];
    const body = ['Content-Type: application/json', 'Transfer-Encoding: chunked', '', ''];
    socket.write([...head, ...body].join('\r\n'));
    const chunk = `100000\r\n${'x'.repeat(0x10_00_00)}\r\n`;
    let answer = '';
    socket.on('data', (data) => (answer += String(data)));
    let written = 0;
    while (!socket.destroyed && written < 2_000) {
      written++;
      await new Promise<void>((resolve) => {
        if (socket.write(chunk)) resolve();
        else {
          const go = (): void => {
            socket.off('drain', go);
            socket.off('close', go);
            resolve();
          };
          socket.on('drain', go);
          socket.on('close', go);
        }
      });
    }
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(written).toBeLessThan(2_000);
    expect(await page.act({ type: 'newPerson', name: 'Bob' })).toMatchObject({ ok: true });
  }, 60_000);

  it('ends with the emulator, while it is open and somebody waits for an answer', async () => {
    await page.open();
    const closed = page.closed();
    await telegram.stop();
    await closed;
    await expect(fetch(page.url)).rejects.toThrow('fetch failed');
  });
});

function errorOf({ body }: { readonly body: unknown }): { readonly error: string } {
  const isFailure = typeof body === 'object' && body !== null && 'error' in body;
  return { error: isFailure && typeof body.error === 'string' ? body.error : '' };
}
