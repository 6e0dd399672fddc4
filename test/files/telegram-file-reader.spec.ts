import { createServer, type RequestListener, type Server } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { HttpService } from '@nestjs/axios';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiClient, Clock, TelegramFileError } from '../../src/index.js';
import { SystemClock } from '../../src/common/system-clock.js';
import type { FileRange } from '../../src/files/file-range.interface.js';
import { LocalBotFiles } from '../../src/files/local-bot-files.js';
import { TelegramFileReader } from '../../src/files/telegram-file-reader.js';
import { TelegramFileTransport } from '../../src/files/telegram-file-transport.js';
import { BotToken } from '../../src/secrets/bot-token.js';
import { Redactor } from '../../src/secrets/redactor.js';
import { BotApiEmulator, VirtualClock } from '../../src/testing/index.js';

const TOKEN = '7000000001:AAHsecretsecretsecretsecretsecret12';
const BYTES = Buffer.from('0123456789'.repeat(30_000));

function readerOf(
  apiRoot: string,
  timeoutMs = 20_000,
  clock: Clock = new SystemClock(),
): TelegramFileReader {
  const token = new BotToken(TOKEN);
  const http = new HttpService();
  const options = { token, apiRoot, timeoutMs, redactor: new Redactor({ token }) };
  return new TelegramFileReader(
    new BotApiClient(http, options),
    new TelegramFileTransport(http, options, clock),
    new LocalBotFiles(undefined, token),
  );
}

/** What the error says of the file, once it is clear that it shows no token. */
async function problemOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => expect.fail('it succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('AAHsecret');
  return error instanceof TelegramFileError ? error.problem : String(error);
}

describe('A file that is read from the Bot API', () => {
  let emulator: BotApiEmulator;
  let fileId: string;

  beforeEach(async () => {
    emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000, bots: [{ token: TOKEN }] });
    const ada = emulator.createSupergroup({ title: 'Support' }).agent('Ada');
    fileId = ada.sendFile('document', { bytes: BYTES }).document?.file_id ?? '';
  });

  afterEach(() => emulator.stop());

  it('has the bytes that the agent has sent, and their number', async () => {
    const file = await readerOf(emulator.apiRoot).find(fileId);
    expect(file.size).toBe(BYTES.length);
    expect((await buffer(await file.open())).equals(BYTES)).toBe(true);
  });

  it('has the bytes of a range', async () => {
    const file = await readerOf(emulator.apiRoot).find(fileId);
    const range = { start: 123_456, end: 234_567 };
    const part = await buffer(await file.open(range));
    expect(part.equals(BYTES.subarray(123_456, 234_568))).toBe(true);
    expect((await buffer(await file.open({ start: 0, end: 0 }))).toString()).toBe('0');
  });

  it('is too big when it has more than 20 MiB', async () => {
    emulator.failNext('getFile', {
      kind: 'error',
      errorCode: 400,
      description: 'Bad Request: file is too big',
    });
    const finding = readerOf(emulator.apiRoot).find(fileId);
    await expect(finding).rejects.toThrow('20 MiB');
    expect(await problemOf(finding)).toBe('too_big');
  });

  it('is gone when Telegram does not know it', async () => {
    expect(await problemOf(readerOf(emulator.apiRoot).find('nonsense'))).toBe('gone');
  });

  it('is unavailable when Telegram does not answer', async () => {
    emulator.failNext('getFile', { kind: 'html', status: 502 });
    expect(await problemOf(readerOf(emulator.apiRoot).find(fileId))).toBe('unavailable');
  });
});

describe('A file whose server is not the emulator', () => {
  let server: Server;
  let onFile: RequestListener;
  let ranges: Array<string | undefined>;

  beforeEach(async () => {
    ranges = [];
    server = createServer((request, response) => {
      if (request.url?.startsWith('/file/')) {
        ranges.push(request.headers.range);
        onFile(request, response);
        return;
      }
      response.end('{"ok":true,"result":{"file_id":"x","file_path":"a b/ü#?.txt"}}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function open(range?: FileRange, timeoutMs?: number, clock?: Clock) {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const file = await readerOf(`http://127.0.0.1:${port}`, timeoutMs, clock).find('x');
    return file.open(range);
  }

  it('is asked for by its encoded path, and for the range alone', async () => {
    let url: string | undefined;
    onFile = (request, response) => {
      ({ url } = request);
      response.writeHead(206, { 'Content-Range': 'bytes 3-5/10' }).end('345');
    };
    expect((await buffer(await open({ start: 3, end: 5 }))).toString()).toBe('345');
    expect(url).toBe(`/file/bot${TOKEN}/a%20b/%C3%BC%23%3F.txt`);
    expect(ranges).toEqual(['bytes=3-5']);
  });

  it.each([
    [404, 'gone'],
    [410, 'gone'],
    [429, 'unavailable'],
    [502, 'unavailable'],
    [302, 'unavailable'],
  ])('fails in words on HTTP %i', async (status, problem) => {
    onFile = (_request, response) =>
      response.writeHead(status, { Location: `/file/bot${TOKEN}/x` }).end('<html>');
    expect(await problemOf(open())).toBe(problem);
  });

  it('fails in words when another range comes than the one asked for', async () => {
    onFile = (_request, response) =>
      response.writeHead(206, { 'Content-Range': 'bytes 0-2/10' }).end('012');
    expect(await problemOf(open({ start: 3, end: 5 }))).toBe('unavailable');
  });

  it('fails in words when the connection breaks amid the file', async () => {
    onFile = (_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('half');
      setImmediate(() => response.destroy());
    };
    expect(await problemOf(open().then((stream) => buffer(stream)))).toBe('unavailable');
  });

  it('fails in words when the server stops sending', async () => {
    onFile = (_request, response) => response.writeHead(200).write('half');
    expect(await problemOf(open(undefined, 300).then((file) => buffer(file)))).toBe('unavailable');
  });

  it('fails in words when the server never answers', async () => {
    onFile = () => undefined;
    expect(await problemOf(open(undefined, 300))).toBe('unavailable');
  });

  it('waits for its reader, however slow that is', async () => {
    onFile = (_request, response) => response.writeHead(200).end(BYTES);
    const clock = new VirtualClock();
    const stream = await open(undefined, undefined, clock);
    const chunks = stream.iterator();
    const { value: first } = await chunks.next();
    await expect
      .poll(() => stream.readableLength > stream.readableHighWaterMark, { timeout: 20_000 })
      .toBe(true);
    clock.advance(60 * 60 * 1000);
    const rest = await Readable.from(chunks).toArray();
    expect(Buffer.concat([first, ...rest]).equals(BYTES)).toBe(true);
  });

  it('ends the request when its reader gives up', async () => {
    let isClosed = false;
    onFile = (_request, response) => {
      response.on('close', () => (isClosed = true));
      response.writeHead(200).write(BYTES);
    };
    const stream = await open();
    stream.destroy();
    await expect.poll(() => isClosed, { timeout: 20_000 }).toBe(true);
    expect(stream.errored).toBeNull();
  });
});
