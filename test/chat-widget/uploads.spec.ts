import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { samples } from '../file-links/samples.js';
import { adapterNames } from '../support/http-adapters.js';
import { byHeader, ChatDesk, CUSTOMER_HEADER, type ChatDeskOptions } from './chat-desk.js';

const PNG = new Uint8Array(samples.shown['image/png']);
const MIB = 1_048_576;

describe.each(adapterNames)('Uploads to the chat on %s', (adapter) => {
  let chat: ChatDesk;
  afterEach(() => chat.stop());

  async function start(support: ChatDeskOptions['support'] = {}): Promise<void> {
    chat = await ChatDesk.start({ adapter, support: { customer: byHeader, ...support } });
  }

  /** An upload that is under way. */
  function begin(id: string, headers: Record<string, string | number> = {}) {
    const upload = httpRequest(new URL('uploads?name=a.png', chat.base), {
      method: 'POST',
      agent: false,
      headers: { 'X-Support-Chat': '1', [CUSTOMER_HEADER]: id, ...headers },
    });
    // The server may close the connection of an upload that it does not want.
    upload.on('error', () => undefined);
    return upload;
  }

  const statusOf = async (upload: ReturnType<typeof begin>): Promise<number | undefined> => {
    const [response] = await once(upload, 'response');
    response.resume();
    return response.statusCode;
  };

  it.each(Object.entries(samples.shown))('take %s, by its bytes', async (type, bytes) => {
    await start();
    const { status, body } = await chat.customer('ann').upload(new Uint8Array(bytes), 'x.txt');
    expect([status, body['contentType'], body['name']]).toEqual([201, type, 'x.txt']);
  });

  it.each(Object.entries(samples.saved).filter(([name]) => name !== 'PDF'))(
    'do not take %s that is called an image',
    async (_name, bytes) => {
      await start();
      const { status, body } = await chat.customer('ann').upload(new Uint8Array(bytes), 'x.png');
      // A camera's TIFF is none of the types either.
      expect([status, body.error]).toEqual([415, 'unsupported_type']);
    },
  );

  it('take other types when the app wants them, which browsers save and do not run', async () => {
    await start({ uploads: { types: ['*/*'] } });
    const ann = chat.customer('ann');
    const html = new Uint8Array(samples.saved.HTML);
    const { body } = await ann.upload(html, 'page.html');
    expect(body['contentType']).toBe('application/octet-stream');
    const sent = await ann.start('See', { attachments: [body['id']] });
    const [file] = sent.body.message.attachments ?? [];
    expect(file?.kind).toBe('document');
    const response = await fetch(new URL(file?.url ?? '', chat.base));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; filename="page\.html"/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['<script>alert(1)</script>.png', 'script_.png'],
    ['a\u202egnp.exe', 'agnp.exe'],
    ['a\u0000\r\nb.png', 'ab.png'],
    ['', 'photo.png'],
    [`${'x'.repeat(500)}.png`, `${'x'.repeat(124)}.png`],
  ])('are named without tricks: %j', async (given, name) => {
    await start();
    const { body } = await chat.customer('ann').upload(PNG, given);
    expect(body['name']).toBe(name);
  });

  it('are sent in parts, and not again to who has them', async () => {
    await start();
    const ann = chat.customer('ann');
    const { body } = await ann.upload(PNG);
    const sent = await ann.start('See', { attachments: [body['id']] });
    const url = new URL(sent.body.message.attachments?.[0]?.url ?? '', chat.base);
    const part = await fetch(url, { headers: { Range: 'bytes=1-3' } });
    expect([part.status, await part.text()]).toEqual([206, 'PNG']);
    const etag = part.headers.get('etag') ?? '';
    const again = await fetch(url, { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
    const beyond = await fetch(url, { headers: { Range: 'bytes=9999-' } });
    expect(beyond.status).toBe(416);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(PNG.length)]);
  });

  it('are refused before they are read when they say that they are too large', async () => {
    await start();
    const upload = begin('ann', { 'Content-Length': 100 * MIB });
    upload.flushHeaders();
    expect(await statusOf(upload)).toBe(413);
    upload.destroy();
  });

  it('are cut off when they have no end, and hold no memory', async () => {
    await start({ uploads: { maxBytes: MIB } });
    const before = process.memoryUsage().arrayBuffers;
    const upload = begin('ann');
    const answered = statusOf(upload);
    const closed = new Promise((resolve) => upload.once('close', resolve));
    const chunk = Buffer.alloc(65_536);
    for (let sent = 0; !upload.destroyed && sent < 400 * MIB; sent += chunk.length) {
      const written = new Promise<void>((resolve) => {
        upload.write(chunk, () => resolve());
      });
      await Promise.race([written, closed]);
    }
    expect(await answered).toBe(413);
    expect(upload.destroyed).toBe(true);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MIB);
  });

  it('are refused while too many are under way, and taken afterwards', async () => {
    await start({ rateLimit: { messages: 99_999, windowMs: 60_000 } });
    const begun = Array.from({ length: 4 }, () => begin('ann', { 'Content-Length': PNG.length }));
    for (const upload of begun) upload.flushHeaders();
    const [held] = await Promise.all([
      Promise.all(begun.map((upload) => statusOf(upload))),
      (async () => {
        let refused = false;
        // The first four may not have arrived.
        while (!refused) refused = (await chat.customer('ann').upload(PNG)).status === 429;
        for (const upload of begun) upload.end(PNG);
      })(),
    ]);
    expect(held).toEqual([201, 201, 201, 201]);
  });

  it('are none without bytes, without an identity, and where the app takes none', async () => {
    await start();
    expect((await chat.customer('ann').upload(new Uint8Array())).status).toBe(400);
    expect((await chat.browser().upload(PNG)).status).toBe(401);
    await chat.stop();
    await start({ uploads: false });
    expect((await chat.customer('ann').upload(PNG)).status).toBe(404);
    expect((await chat.customer('ann').open()).body['uploads']).toBeNull();
  });

  it('are counted apart from messages', async () => {
    await start({ rateLimit: { messages: 2, windowMs: 60_000 } });
    const ann = chat.customer('ann');
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await ann.upload(PNG)).status);
    expect(statuses).toEqual([201, 201, 429]);
    expect((await ann.start('Hello')).status).toBe(201);
  });
});
