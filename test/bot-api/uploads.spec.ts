import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { HttpService } from '@nestjs/axios';
import { afterEach, describe, expect, it } from 'vitest';
import type { Upload } from '../../src/bot/upload.interface.js';
import { UnreadableUploadError } from '../../src/bot/unreadable-upload.error.js';
import { BotApiClient, BotApiTransportError } from '../../src/index.js';
import { BotToken } from '../../src/secrets/bot-token.js';
import { BotApiEmulator } from '../../src/testing/index.js';
import { heldBytes } from '../hostile/memory-gauge.js';

const SECRET_PART = 'A'.repeat(35);
const TOKEN = `7000000001:${SECRET_PART}`;
const ANSWER = '{"ok":true,"result":true}';

function uploadOf(content: Buffer, extra: Partial<Upload> = {}): Upload {
  return {
    field: 'file0',
    name: 'notes.txt',
    contentType: 'text/plain',
    size: content.length,
    open: () => Readable.from([content], { objectMode: false }),
    ...extra,
  };
}

describe('A call with files', () => {
  const ends: Array<() => unknown> = [];
  afterEach(async () => {
    await Promise.all(ends.splice(0).map((end) => end()));
  });

  function clientOf(apiRoot: string, timeoutMs = 20_000): BotApiClient {
    const token = new BotToken(TOKEN);
    const client = new BotApiClient(new HttpService(), { token, apiRoot, timeoutMs });
    ends.push(() => client.close());
    return client;
  }

  /** Where a server listens that does as told with each request. */
  async function serve(
    handle: (request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<string> {
    const server: Server = createServer(handle);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('No port was given');
    return `http://127.0.0.1:${address.port}`;
  }

  function send(client: BotApiClient, ...files: Upload[]): Promise<unknown> {
    const document = `attach://${files[0]?.field ?? ''}`;
    return client.call('sendDocument', { chat_id: 1, document }, { files });
  }

  async function lossOf(call: Promise<unknown>): Promise<BotApiTransportError> {
    const error: unknown = await call.then(
      () => expect.fail('the call succeeded'),
      (failure: unknown) => failure,
    );
    if (!(error instanceof BotApiTransportError)) throw error;
    expect(error.stack).not.toContain(SECRET_PART);
    return error;
  }

  it('brings Telegram the files and the parameters', async () => {
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    ends.push(() => emulator.stop());
    const chat = emulator.createSupergroup({ title: 'Support' });
    const token = new BotToken(emulator.bot.token);
    const options = { token, apiRoot: emulator.apiRoot, timeoutMs: 20_000 };
    const client = new BotApiClient(new HttpService(), options);
    ends.push(() => client.close());
    const content = Buffer.from('Grüße\r\n--\r\n');
    const message = await client.call(
      'sendDocument',
      {
        chat_id: chat.id,
        document: 'attach://file0',
        caption: 'Größe & <b>fett</b>',
        parse_mode: 'HTML',
        reply_parameters: { message_id: 99, allow_sending_without_reply: true },
        ...JSON.parse('{"reply_markup": null}'),
      },
      { files: [uploadOf(content, { name: 'Übersicht "1".txt' })] },
    );
    expect(message).toMatchObject({
      caption: 'Größe & fett',
      document: { file_size: content.length, mime_type: 'text/plain' },
    });
    const [call] = emulator.callsOf('sendDocument');
    expect(call?.files).toEqual({ file0: 'Übersicht %221%22.txt' });
    expect(call?.params).not.toHaveProperty('reply_markup');
    emulator.assertConformant();
  });

  it('keeps what a name or a type says inside of its header', async () => {
    let body = '';
    const apiRoot = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => response.end(ANSWER));
    });
    const name = 'a"\r\nX-Evil: 1\r\n\r\nb.txt';
    await send(clientOf(apiRoot), uploadOf(Buffer.from('x'), { name, contentType: 'a/b\r\nc: d' }));
    expect(body).toContain('filename="a%22%0D%0AX-Evil: 1%0D%0A%0D%0Ab.txt"\r\n');
    expect(body).toContain('Content-Type: a/b%0D%0Ac: d\r\n\r\nx\r\n');
  });

  it('has its length in the header, and takes little memory, with 50 MB', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const chunks = 800;
    const size = chunk.length * chunks;
    let [received, most] = [0, 0];
    const hash = createHash('sha256');
    const declared: Array<string | undefined> = [];
    const apiRoot = await serve((request, response) => {
      declared.push(request.headers['content-length'], request.headers['transfer-encoding']);
      request.on('data', (data: Buffer) => {
        if (Math.floor((received + data.length) / 5e6) > Math.floor(received / 5e6)) {
          most = Math.max(most, heldBytes());
        }
        received += data.length;
        hash.update(data);
      });
      request.on('end', () => response.end(ANSWER));
    });
    const before = heldBytes();
    const open = (): Readable =>
      Readable.from(
        Array.from({ length: chunks }, () => chunk),
        { objectMode: false },
      );
    await send(clientOf(apiRoot), uploadOf(chunk, { size, open }));
    expect(declared).toEqual([String(received), undefined]);
    expect(received).toBeGreaterThan(size);
    expect(most - before).toBeLessThan(15e6);
  });

  it('has been carried out by nobody when its connection breaks before its end', async () => {
    const apiRoot = await serve((request) => request.once('data', () => request.destroy()));
    const content = Buffer.alloc(20e6);
    const lost = await lossOf(send(clientOf(apiRoot), uploadOf(content)));
    expect(lost.maybePerformed).toBe(false);
  });

  it('has been carried out by nobody when a proxy fails before its end', async () => {
    const apiRoot = await serve((_request, response) => response.writeHead(502).end('<html>'));
    const lost = await lossOf(send(clientOf(apiRoot), uploadOf(Buffer.alloc(50e6))));
    expect(lost.maybePerformed).toBe(false);
  });

  it('may have been carried out when its connection breaks instead of an answer', async () => {
    const apiRoot = await serve((request) => {
      request.resume().on('end', () => request.socket.destroy());
    });
    const lost = await lossOf(send(clientOf(apiRoot), uploadOf(Buffer.alloc(1e6))));
    expect(lost.maybePerformed).toBe(true);
  });

  it('closes its file when it takes too long', async () => {
    const apiRoot = await serve(() => undefined);
    const hanging = new Readable({ read: () => undefined });
    const open = (): Readable => hanging;
    const call = send(clientOf(apiRoot, 200), uploadOf(Buffer.alloc(0), { size: 5, open }));
    expect(await lossOf(call)).toMatchObject({
      maybePerformed: false,
      description: expect.stringMatching(/^timed out after 20\d ms$/),
    });
    expect(hanging.destroyed).toBe(true);
  });

  it('gets a second more for each 100 kB', async () => {
    const apiRoot = await serve((request) => void request.resume());
    const call = send(clientOf(apiRoot, 200), uploadOf(Buffer.alloc(30_000)));
    expect((await lossOf(call)).description).toMatch(/^timed out after 50\d ms$/);
  });

  it.each([
    [
      'fails',
      () =>
        new Readable({
          read: (): never => {
            throw new Error('disk broken');
          },
        }),
      5,
    ],
    ['is shorter than it was', () => Readable.from([Buffer.from('abc')]), 5],
    ['is longer than it was', () => Readable.from([Buffer.from('abcdefgh')]), 5],
  ])('is not made when a file %s', async (_name, open, size) => {
    let isWhole = false;
    const apiRoot = await serve((request) => {
      request.resume().on('end', () => (isWhole = true));
    });
    const call = send(clientOf(apiRoot), uploadOf(Buffer.alloc(0), { size, open }));
    await expect(call).rejects.toBeInstanceOf(UnreadableUploadError);
    await expect(call).rejects.toMatchObject({ field: 'file0' });
    expect(isWhole).toBe(false);
  });

  it('opens the files anew when it is made again', async () => {
    let opened = 0;
    const apiRoot = await serve((request, response) => {
      request.resume().on('end', () => response.end(ANSWER));
    });
    const content = Buffer.from('again');
    const upload = uploadOf(content, {
      open: () => {
        opened += 1;
        return Readable.from([content], { objectMode: false });
      },
    });
    const client = clientOf(apiRoot);
    await send(client, upload);
    await send(client, upload);
    expect(opened).toBe(2);
  });
});
