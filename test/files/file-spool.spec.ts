import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TelegramSettings } from '../../src/config/telegram-settings.js';
import { FileSpool } from '../../src/files/file-spool.js';
import { FileTooBigError } from '../../src/files/file-too-big.error.js';
import { PublicAddresses } from '../../src/files/public-addresses.js';
import { UrlFetcher } from '../../src/files/url-fetcher.js';
import { HttpServer } from '../support/http-server.js';

/** What stands for the limit of an upload. */
const MOST = 1_000;

describe('FileSpool', () => {
  const formerTmp = process.env['TMPDIR'];
  const { signal } = new AbortController();
  let folder: string;
  let server: HttpServer;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spool-spec-'));
    process.env['TMPDIR'] = folder;
    server = await HttpServer.start(({ url = '' }, response) => {
      const { searchParams } = new URL(url, 'http://localhost');
      const body = Buffer.alloc(Number(searchParams.get('size')), 1);
      if (searchParams.has('announced')) response.setHeader('content-length', body.length);
      else response.write(body.subarray(0, 1));
      response.end(searchParams.has('announced') ? body : body.subarray(1));
    });
  });

  afterEach(async () => {
    server.stop();
    if (formerTmp === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = formerTmp;
    await rm(folder, { recursive: true });
  });

  function fetched(query: string): Promise<Readable> {
    const settings = new TelegramSettings({ files: { allowPrivateUrls: true } });
    const urls = new UrlFetcher(new PublicAddresses(), settings);
    return urls.open(`${server.origin}/?${query}`, MOST, signal);
  }

  describe.each<[string, (size: number) => Promise<Readable>]>([
    ['one chunk', (size) => Promise.resolve(Readable.from([Buffer.alloc(size, 1)]))],
    [
      'a chunk for each byte',
      (size) => Promise.resolve(Readable.from(Array.from({ length: size }, () => Buffer.of(1)))),
    ],
    ['a URL that says its size', (size) => fetched(`size=${size}&announced`)],
    ['a URL that does not', (size) => fetched(`size=${size}`)],
  ])('with %s', (_name, open) => {
    async function write(size: number): Promise<Buffer> {
      const spool = new FileSpool();
      const options = { maxBytes: MOST, signal, onProgress: () => undefined };
      return readFile(await spool.write(await open(size), options));
    }

    it('takes exactly as many bytes as Telegram does', async () => {
      expect(await write(MOST)).toEqual(Buffer.alloc(MOST, 1));
    });

    it('takes not one byte more, and leaves nothing behind', async () => {
      await expect(write(MOST + 1)).rejects.toBeInstanceOf(FileTooBigError);
      expect(await readdir(folder)).toEqual([]);
    });
  });
});
