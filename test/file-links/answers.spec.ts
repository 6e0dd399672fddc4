import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileReferences } from '../../src/files/file-references.js';
import { BotToken } from '../../src/secrets/bot-token.js';
import { VirtualClock } from '../../src/testing/index.js';
import { adapterNames } from '../support/http-adapters.js';
import { LinkApp, TOKEN } from './link-app.js';
import { samples } from './samples.js';

const BYTES = Buffer.from('0123456789'.repeat(1_000));

const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

/** All but those of the connection and of the moment. */
function ownHeaders({ headers }: Response): object {
  const own = [...headers].filter(([name]) => !['connection', 'date', 'keep-alive'].includes(name));
  return Object.fromEntries(own);
}

describe.each(adapterNames)('A link to a file, on %s', (adapter) => {
  const clock = new VirtualClock();
  let app: LinkApp;
  beforeEach(async () => {
    app = await LinkApp.start({ adapter, clock });
    app.telegram.has(BYTES);
  });
  afterEach(() => app.stop());

  it('sends what Telegram has, to be kept by the browser alone, until the link expires', async () => {
    const response = await app.get({ name: 'notes.txt' });
    expect((await bodyOf(response)).equals(BYTES)).toBe(true);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=3600, no-transform',
      'content-disposition': `attachment; filename="notes.txt"; filename*=UTF-8''notes.txt`,
      'content-length': String(BYTES.length),
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'application/octet-stream',
      'cross-origin-resource-policy': 'cross-origin',
      etag: '"AgADtag"',
      'x-content-type-options': 'nosniff',
    });
    expect(app.telegram.downloads).toHaveLength(1);
  });

  it('tells the same by HEAD, without the bytes', async () => {
    const [head, get] = [await app.get({}, { method: 'HEAD' }), await app.get()];
    expect(head.status).toBe(200);
    expect((await bodyOf(head)).length).toBe(0);
    expect(ownHeaders(head)).toEqual(ownHeaders(get));
    expect(app.telegram.downloads[0]?.range).toBe('bytes=0-4099');
    expect(await bodyOf(get)).toHaveLength(BYTES.length);
  });

  it.each(Object.entries(samples.shown))('shows what its bytes say is %s', async (type, bytes) => {
    app.telegram.has(bytes);
    const response = await app.get({ contentType: 'text/html', name: 'a.html' });
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('content-disposition')).toMatch(/^inline; /);
    expect((await bodyOf(response)).equals(bytes)).toBe(true);
  });

  it.each(Object.entries(samples.shown))('says of each part that it is %s', async (type, bytes) => {
    app.telegram.has(bytes);
    for (const range of ['bytes=0-0', 'bytes=0-1', 'bytes=0-9', 'bytes=0-4098', 'bytes=2-5']) {
      const response = await app.get({}, { headers: { Range: range } });
      expect([range, response.headers.get('content-type')]).toEqual([range, type]);
      expect(response.headers.get('content-disposition')).toMatch(/^inline; /);
      const [, start, end] = /=(\d+)-(\d+)/.exec(range) ?? [];
      expect((await bodyOf(response)).equals(bytes.subarray(Number(start), Number(end) + 1))).toBe(
        true,
      );
    }
  });

  it.each(Object.entries(samples.saved))('has browsers save %s', async (_name, bytes) => {
    app.telegram.has(bytes);
    for (const headers of [new Headers(), new Headers({ Range: 'bytes=1-2' })]) {
      const response = await app.get({ contentType: 'image/png', name: 'a.png' }, { headers });
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; /);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      await response.arrayBuffer();
    }
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=9990-', 9_990, 9_999],
    ['bytes=5000-99999999999999999999', 5_000, 9_999],
    ['bytes=-10', 9_990, 9_999],
    ['bytes=-99999', 0, 9_999],
    ['bytes=0-', 0, 9_999],
  ])('sends the part that the client asks for: %s', async (range, start, end) => {
    const response = await app.get({}, { headers: { Range: range } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/10000`);
    expect(response.headers.get('content-length')).toBe(String(end - start + 1));
    expect((await bodyOf(response)).equals(BYTES.subarray(start, end + 1))).toBe(true);
  });

  it.each(['bytes=10000-', 'bytes=99999-100000', 'bytes=-0'])(
    'answers 416 when the file has no such part: %s',
    async (range) => {
      const response = await app.get({}, { headers: { Range: range } });
      expect([response.status, await response.text()]).toEqual([416, '']);
      expect(response.headers.get('content-range')).toBe('bytes */10000');
      expect(app.telegram.downloads).toEqual([]);
    },
  );

  it.each(['bytes=0-1,5-6', 'bytes=5-2', 'bytes=-', 'bytes=a-b', 'lines=1-2', ''])(
    'sends all of it when several parts are asked for, or none that can be read: %s',
    async (range) => {
      const response = await app.get({}, { headers: { Range: range } });
      expect(response.status).toBe(200);
      expect((await bodyOf(response)).equals(BYTES)).toBe(true);
    },
  );

  it('sends all of it when the client has a part of another version', async () => {
    const headers = { Range: 'bytes=1-2', 'If-Range': '"other"' };
    expect((await app.get({}, { headers })).status).toBe(200);
    const same = { Range: 'bytes=1-2', 'If-Range': '"AgADtag"' };
    expect((await app.get({}, { headers: same })).status).toBe(206);
  });

  it('answers 304 when the client has it', async () => {
    const headers = { 'If-None-Match': 'W/"other", W/"AgADtag"' };
    const response = await app.get({}, { headers });
    expect([response.status, await response.text()]).toEqual([304, '']);
    expect(app.telegram.downloads).toEqual([]);
  });

  it('sends an empty file, and one whose size nobody knows', async () => {
    app.telegram.has(Buffer.alloc(0));
    const empty = await app.get();
    expect([empty.status, await empty.text()]).toEqual([200, '']);
    app.telegram.has(BYTES, null);
    const unknown = await app.get({}, { headers: { Range: 'bytes=1-2' } });
    expect([unknown.status, unknown.headers.get('accept-ranges')]).toEqual([200, null]);
    expect((await bodyOf(unknown)).equals(BYTES)).toBe(true);
  });

  it.each([
    ['résumé “final”.pdf', 'r_sum_ _final_.pdf', 'résumé “final”.pdf'],
    ['a"; filename=b.exe', 'a_; filename=b.exe', 'a_; filename=b.exe'],
    ["it's (1).txt", "it's (1).txt", "it's (1).txt"],
    ['🎉.png', '_.png', '🎉.png'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe', 'invoicefdp.exe'],
    ['a\r\nSet-Cookie: x=1', 'aSet-Cookie_ x=1', 'aSet-Cookie_ x=1'],
    ['half \ud800.txt', 'half _.txt', 'half \ufffd.txt'],
    ['100%41.txt', '100_41.txt', '100%41.txt'],
    ['../../etc/passwd', 'passwd', 'passwd'],
    [String.raw`C:\boot.ini`, 'boot.ini', 'boot.ini'],
    ['..', 'file', 'file'],
  ])('names it in a header that nothing in the name can end: %j', async (name, plain, full) => {
    const response = await app.get({ name });
    const disposition = response.headers.get('content-disposition') ?? '';
    const [, ascii, encoded = ''] =
      /^attachment; filename="([ -~]+)"; filename\*=UTF-8''([\w.%~!#$&+^`|-]+)$/.exec(
        disposition,
      ) ?? [];
    expect([ascii, decodeURIComponent(encoded)]).toEqual([plain, full]);
    expect(response.headers.get('set-cookie')).toBeNull();
    await response.arrayBuffer();
  });

  it('is not found, in the same words, when it is forged, cut, foreign, or has expired', async () => {
    const path = app.pathOf();
    const [reference = ''] = path.split('/').slice(-1);
    const flipped = reference.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    const other = new BotToken(TOKEN.replace('secret', 'public')).derive('file-reference');
    const expiresAt = new Date(clock.now() + 1_000_000);
    const file = { desk: 'default', threadId: 't1', fileId: 'x', expiresAt };
    const expired = app.pathOf().split('/').at(-1) ?? '';
    const answers = new Set<string>();
    const ask = async (text: string, method = 'GET') => {
      const response = await fetch(`${app.origin}/telegram/webhook/files/${text}`, { method });
      const body = await response.text();
      if (method === 'GET')
        answers.add(JSON.stringify([response.status, ownHeaders(response), body]));
      return response.status;
    };
    for (const text of [
      flipped,
      reference.slice(0, -1),
      `${reference}A`,
      `${reference}%00`,
      `x/${reference}`,
      `/${reference}`,
      `x%2F${reference}`,
      `${reference}/${reference}`,
      `${reference}/`,
      reference.slice(0, 32),
      'x',
      'x'.repeat(4_000),
      new FileReferences(other, clock).sign(file),
    ]) {
      await ask(text);
    }
    expect(await ask(flipped, 'HEAD')).toBe(404);
    clock.advance(3_600_000);
    await ask(expired);
    expect([...answers]).toEqual([expect.stringContaining('[404,')]);
    expect(app.telegram.downloads).toEqual([]);
  });

  it('answers no other method than GET and HEAD', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await app.get({}, { method })).status).toBe(404);
    }
  });

  it.each<[number, string, (telegram: LinkApp['telegram']) => unknown]>([
    [
      410,
      'no longer available',
      (telegram) => telegram.refuses(400, 'Bad Request: file_id invalid'),
    ],
    [422, 'too large', (telegram) => telegram.refuses(400, 'Bad Request: file is too big')],
    [503, 'at the moment', (telegram) => telegram.refuses(502, 'Bad Gateway')],
    [503, 'at the moment', (telegram) => telegram.stop()],
    [
      410,
      'no longer available',
      (telegram) => (telegram.onFile = (_, res) => res.writeHead(404).end()),
    ],
    [503, 'at the moment', (telegram) => (telegram.onFile = (_, res) => res.writeHead(500).end())],
    [503, 'at the moment', (telegram) => (telegram.onFile = (_, res) => res.destroy())],
  ])('answers %i and "%s" when Telegram does not give it', async (status, words, fail) => {
    await fail(app.telegram);
    const response = await app.get();
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(JSON.parse(text)).toMatchObject({
      statusCode: status,
      message: expect.stringContaining(words),
    });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('retry-after')).toBe(status === 503 ? '5' : null);
    expect(text + JSON.stringify(app.log.lines)).not.toMatch(/AAHsecret|file_1/);
    expect(app.log.with('warn', 'A link to a file')).toHaveLength(1);
  });

  it('says how long to wait when Telegram does', async () => {
    app.telegram.refuses(429, 'Too Many Requests: retry after 7', { retry_after: 7 });
    const response = await app.get();
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
  });
});
