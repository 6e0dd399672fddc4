import type { RequestListener } from 'node:http';
import { mkdir, mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TtlMap } from '../../src/common/ttl-map.js';
import type { FileOptions } from '../../src/config/file.options.js';
import { TelegramSettings } from '../../src/config/telegram-settings.js';
import { DecoratedMethodExplorer } from '../../src/discovery/decorated-method-explorer.js';
import { ErrorDescriber } from '../../src/errors/index.js';
import { AttachmentPreparer } from '../../src/files/attachment-preparer.js';
import { outgoingFileProviders } from '../../src/files/outgoing-file.providers.js';
import type { PreparedAttachment } from '../../src/files/prepared-attachment.interface.js';
import type {
  AttachmentSource,
  StoredAttachment,
} from '../../src/files/stored-attachment.interface.js';
import { Clock, LoadAttachment } from '../../src/index.js';
import { FileStore } from '../../src/storage/file-store.js';
import { MemoryFileStore } from '../../src/storage/memory/memory-file-store.js';
import { heldBytes } from '../hostile/memory-gauge.js';
import { HttpServer } from '../support/http-server.js';
import { LogCapture } from '../support/log-capture.js';
import { RetryClock } from '../support/retry.clock.js';

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(100_000, 1)]);
const MIB = 1024 * 1024;
const JOB = 'message:1';

/** What the app's method does with each id. */
type Loads = Record<string, () => unknown>;

describe('AttachmentPreparer', () => {
  let app: INestApplicationContext;
  let clock: RetryClock;
  let folder: string;
  let log: LogCapture;
  let loads: Loads;
  const servers: HttpServer[] = [];
  const formerTmp = process.env['TMPDIR'];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-spec-'));
    await mkdir(join(folder, 'tmp'));
    process.env['TMPDIR'] = join(folder, 'tmp');
    loads = {};
  });
  afterEach(async () => {
    await app.get(AttachmentPreparer).close();
    for (const server of servers.splice(0)) server.stop();
    if (formerTmp === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = formerTmp;
    await rm(folder, { recursive: true });
  });

  class Files {
    @LoadAttachment({ desk: 'other' })
    ofAnotherDesk(): never {
      throw new Error('Not asked');
    }

    @LoadAttachment()
    none(): null {
      return null;
    }

    @LoadAttachment()
    load(id: string): unknown {
      return loads[id]?.();
    }
  }

  async function start(
    { allowPrivateUrls = true, ...files }: Pick<FileOptions, 'allowPrivateUrls' | 'root'> = {},
    loaders: Type[] = [Files],
  ): Promise<void> {
    clock = new RetryClock();
    log = new LogCapture();
    const settings = new TelegramSettings({ files: { ...files, allowPrivateUrls } });
    app = await Test.createTestingModule({
      imports: [DiscoveryModule],
      providers: [
        ...outgoingFileProviders,
        ...loaders,
        DecoratedMethodExplorer,
        { provide: ErrorDescriber, useValue: new ErrorDescriber() },
        { provide: TelegramSettings, useValue: settings },
        { provide: Clock, useValue: clock },
        { provide: FileStore, useValue: new MemoryFileStore(new TtlMap(clock, 60_000_000)) },
      ],
    })
      .setLogger(log)
      .compile();
  }

  const preparer = (): AttachmentPreparer => app.get(AttachmentPreparer);
  const temporaryFiles = (): Promise<string[]> => readdir(join(folder, 'tmp'));

  /** Whoever has given up a source does not wait until its temporary file is gone. */
  const allRemoved = (): Promise<void> =>
    vi.waitFor(async () => expect(await temporaryFiles()).toEqual([]), { timeout: 20_000 });

  async function serve(answer: RequestListener): Promise<string> {
    const server = await HttpServer.start(answer);
    servers.push(server);
    return server.origin;
  }

  /** Moves the time on. A source takes no time unless it hangs, however slow this machine is. */
  type Pass = () => Promise<void> | void;
  const passRetries = (): void => {
    if (clock.isBetweenTries) clock.advance(100);
  };
  const passDeadlines = (): void => clock.advance(5_000);

  /** Asks until the files are ready, while time passes. */
  async function prepare(
    attachments: readonly StoredAttachment[],
    pass: Pass = passRetries,
  ): Promise<readonly PreparedAttachment[]> {
    for (;;) {
      const preparation = await preparer().prepare(JOB, attachments);
      if (preparation.state === 'ready') return preparation.files;
      expect(preparation.retryMs).toBeGreaterThan(0);
      await pass();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async function prepareOne(
    source: AttachmentSource,
    details: Partial<StoredAttachment> = {},
    pass?: Pass,
  ): Promise<PreparedAttachment> {
    const [file] = await prepare([{ source, ...details }], pass);
    if (!file) throw new Error('No file');
    return file;
  }

  async function bytesOf(file: PreparedAttachment): Promise<Buffer> {
    if (!('open' in file)) throw new Error(`Not a file: ${JSON.stringify(file)}`);
    const chunks: Buffer[] = [];
    for await (const chunk of file.open()) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }

  /** Which temporary file there is, and how large it is; undefined without one. */
  async function spooledSize(): Promise<string | undefined> {
    const [name] = await temporaryFiles();
    if (name === undefined) return undefined;
    const entry = await stat(join(folder, 'tmp', name, 'file')).catch(() => undefined);
    return entry && `${name} ${entry.size}`;
  }

  /** The same bytes by each source. */
  async function everySource(): Promise<AttachmentSource[]> {
    const path = join(folder, 'a.bin');
    await writeFile(path, PDF);
    await app.get(FileStore).put('1', PDF);
    const url = await serve((_request, response) => response.end(PDF));
    loads = {
      stream: () => Readable.from([PDF]),
      bytes: () => Promise.resolve(new Uint8Array(PDF)),
    };
    loads['web'] = () => new Blob([PDF]).stream();
    return [
      { kind: 'stored', fileId: '1' },
      { kind: 'path', path },
      { kind: 'url', url: `${url}/a.bin?key=1` },
      { kind: 'load', id: 'stream' },
      { kind: 'load', id: 'bytes' },
      { kind: 'load', id: 'web' },
    ];
  }

  it('reads the same bytes from each source as often as wanted, and says what they are', async () => {
    await start();
    for (const source of await everySource()) {
      const file = await prepareOne(source, { name: 'x.pdf' });
      expect(file).toMatchObject({
        kind: 'document',
        name: 'x.pdf',
        contentType: 'application/pdf',
        size: PDF.length,
      });
      for (let time = 0; time < 2; time++) expect((await bytesOf(file)).equals(PDF)).toBe(true);
      await preparer().release(JOB);
      expect(await temporaryFiles()).toEqual([]);
    }
  });

  it('names files by what is known of them', async () => {
    await start();
    const sources = await everySource();
    const files = await prepare(sources.map((source) => ({ source })));
    expect(files.map(({ name }) => name)).toEqual([
      'file.pdf',
      'a.bin',
      'a.bin',
      'file.pdf',
      'file.pdf',
      'file.pdf',
    ]);
  });

  it('keeps the order of 25 files, and removes all temporary ones when the job is done', async () => {
    await start();
    const url = await serve((request, response) => response.end(`file ${request.url}`));
    const sources = Array.from({ length: 25 }, (_, index) => `${url}/${index}`);
    const attachments = sources.map((each) => ({ source: { kind: 'url', url: each } }) as const);
    const files = await prepare(attachments);
    expect(files.map(({ name }) => name)).toEqual(sources.map((_, index) => String(index)));
    expect(await temporaryFiles()).toHaveLength(25);
    for (const name of await temporaryFiles()) {
      expect((await stat(join(folder, 'tmp', name, 'file'))).mode & 0o777).toBe(0o600);
    }
    await preparer().complete(JOB, attachments);
    expect(await temporaryFiles()).toEqual([]);
  });

  it('frees stored bytes when the job is done, and keeps them when it was given up', async () => {
    await start();
    await app.get(FileStore).put('1', PDF);
    const attachments = [{ source: { kind: 'stored', fileId: '1' } }] as const;
    await prepare(attachments);
    await preparer().release(JOB);
    expect(await app.get(FileStore).get('1')).not.toBeNull();
    await preparer().complete(JOB, attachments);
    expect(await app.get(FileStore).get('1')).toBeNull();
  });

  it.each<[what: string, reason: RegExp, source: (folder: string) => AttachmentSource]>([
    [
      'a file that is gone',
      /^the file is not there$/,
      (at) => ({ kind: 'path', path: join(at, 'x') }),
    ],
    ['a directory', /^it is no file$/, (at) => ({ kind: 'path', path: at })],
    ['a device without an end', /^it is no file$/, () => ({ kind: 'path', path: '/dev/zero' })],
    ['an empty file', /^it is empty$/, () => ({ kind: 'path', path: '' })],
    ['bytes that are not stored', /not stored any more$/, () => ({ kind: 'stored', fileId: 'x' })],
    ['an id that no method knows', /does not have it/, () => ({ kind: 'load', id: 'unknown' })],
  ])('says of %s why it is missing', async (what, reason, source) => {
    await start();
    const path = join(folder, 'empty');
    await writeFile(path, '');
    const from = what === 'an empty file' ? ({ kind: 'path', path } as const) : source(folder);
    const file = await prepareOne(from, { name: '../a.pdf' });
    expect(file).toEqual({ kind: 'missing', name: 'a.pdf', reason: expect.stringMatching(reason) });
  });

  it('tries a source three times, after 1 s and 5 s', async () => {
    await start();
    const tries: number[] = [];
    const url = await serve((_request, response) => {
      tries.push(clock.monotonicMs());
      response.writeHead(503).end();
    });
    const startedAtMs = clock.monotonicMs();
    const file = await prepareOne({ kind: 'url', url: `${url}/a?key=secret` });
    expect(file).toEqual({ kind: 'missing', name: 'a', reason: 'its server answered 503' });
    expect(tries).toHaveLength(3);
    const [first = 0, second = 0, third = 0] = tries.map((atMs) => atMs - startedAtMs);
    expect(first).toBe(0);
    expect(second).toBeGreaterThanOrEqual(1_000);
    expect(third - second).toBeGreaterThanOrEqual(5_000);
    const warning = log.lines.find(({ text }) => text.includes('is missing'));
    expect(warning?.text).toContain(`${url}/a: its server answered 503`);
    expect(warning?.text).not.toContain('secret');
  });

  it('loads a file that a later try can read', async () => {
    await start();
    let tries = 0;
    loads['late'] = () => {
      tries += 1;
      if (tries < 3) throw new Error('The bucket sleeps');
      return PDF;
    };
    expect(await prepareOne({ kind: 'load', id: 'late' })).toMatchObject({ size: PDF.length });
  });

  it.each<[what: string, reason: string, load: () => unknown]>([
    ['throws', 'The bucket is gone', () => Promise.reject(new Error('The bucket is gone'))],
    ['never answers', 'it did not arrive in time', () => new Promise(() => undefined)],
    [
      'returns a stream that hangs',
      'it did not arrive in time',
      () => new Readable({ read: () => undefined }),
    ],
    ['returns a stream that fails', 'disk error', failingStream],
    ['returns nothing', 'the app does not have it any more', () => undefined],
    ['returns no bytes', 'it is empty', () => Readable.from([])],
    ['returns a text', 'returned a string of 3 characters', () => 'abc'],
    ['returns a stream of objects', 'something else than bytes', () => Readable.from([{ a: 1 }])],
  ])('counts a file as missing when @LoadAttachment() %s', async (_what, reason, load) => {
    await start();
    loads['x'] = load;
    const pass = reason === 'it did not arrive in time' ? passDeadlines : passRetries;
    const file = await prepareOne({ kind: 'load', id: 'x' }, {}, pass);
    expect(file).toMatchObject({ kind: 'missing', reason: expect.stringContaining(reason) });
    await allRemoved();
  });

  it('says when the app has no method for it', async () => {
    await start({}, []);
    const file = await prepareOne({ kind: 'load', id: 'x' });
    expect(file).toMatchObject({ reason: 'the app has no method with @LoadAttachment()' });
  });

  it('does not wait for a server that hangs longer than its deadline', async () => {
    await start();
    const silent = await serve(() => undefined);
    const stuck = await serve((_request, response) => response.write('a'));
    const attachments = [silent, stuck].map((url) => ({ source: { kind: 'url', url } }) as const);
    const startedAtMs = clock.monotonicMs();
    const files = await prepare(attachments, passDeadlines);
    for (const file of files) expect(file).toMatchObject({ reason: 'it did not arrive in time' });
    expect(clock.monotonicMs() - startedAtMs).toBeGreaterThanOrEqual(3 * 20_000);
    await allRemoved();
  });

  it('does not wait for a server that drips longer than two minutes each time', async () => {
    await start();
    const url = await serve((_request, response) => {
      const timer = setInterval(() => response.write('a'), 1);
      response.on('close', () => clearInterval(timer));
    });
    let seen = '';
    const startedAtMs = clock.monotonicMs();
    const file = await prepareOne({ kind: 'url', url }, {}, async () => {
      passRetries();
      const size = await spooledSize();
      // Something has arrived since the last step, so no step is a wait without a byte.
      if (size !== undefined && size !== seen) clock.advance(15_000);
      seen = size ?? seen;
    });
    expect(file).toMatchObject({ reason: 'it did not arrive in time' });
    expect(clock.monotonicMs() - startedAtMs).toBeGreaterThanOrEqual(3 * 120_000);
    await allRemoved();
  });

  it('answers at once while a source hangs, so that other threads go on', async () => {
    await start();
    const attachments = [{ source: { kind: 'url', url: await serve(() => undefined) } }] as const;
    const startedAt = performance.now();
    expect(await preparer().prepare(JOB, attachments)).toMatchObject({ state: 'waiting' });
    const firstMs = performance.now() - startedAt;
    for (let time = 0; time < 100; time++) {
      expect(await preparer().prepare(JOB, attachments)).toMatchObject({ state: 'waiting' });
    }
    expect(firstMs).toBeLessThan(5_000);
    expect(performance.now() - startedAt - firstMs).toBeLessThan(5_000);
  });

  it('reads no more of an endless stream than Telegram takes, and keeps none of it in memory', async () => {
    await start();
    let isClosed = false;
    const chunk = Buffer.alloc(MIB);
    const url = await serve((request, response) => {
      response.on('close', () => (isClosed = true));
      Readable.from(
        (function* () {
          for (;;) yield chunk;
        })(),
      ).pipe(response);
      request.resume();
    });
    const before = heldBytes();
    const file = await prepareOne({ kind: 'url', url: `${url}/big.iso` });
    expect(file).toEqual({
      kind: 'too_big',
      name: 'big.iso',
      size: undefined,
      link: `${url}/big.iso`,
    });
    await vi.waitFor(() => expect(isClosed).toBe(true), { timeout: 20_000 });
    expect(heldBytes() - before).toBeLessThan(40 * MIB);
    expect(await temporaryFiles()).toEqual([]);
  });

  it('says the size of a file that is too large, and reads none of it', async () => {
    await start();
    const path = join(folder, 'big.iso');
    await writeFile(path, '');
    await truncate(path, 50 * MIB + 1);
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 10_000_000_000 }).write('a');
    });
    const size = 50 * MIB + 1;
    expect(await prepareOne({ kind: 'path', path })).toMatchObject({ kind: 'too_big', size });
    await preparer().release(JOB);
    expect(await prepareOne({ kind: 'url', url })).toEqual({
      kind: 'too_big',
      name: 'file',
      size: 10_000_000_000,
      link: url,
    });
  });

  it('takes larger files with a local Bot API server', async () => {
    await start({ root: '/var/lib/telegram-bot-api' });
    const path = join(folder, 'big.iso');
    await writeFile(path, '');
    await truncate(path, 51 * MIB);
    expect(await prepareOne({ kind: 'path', path })).toMatchObject({ kind: 'document' });
  });

  it('does not fetch from this machine unless that is allowed', async () => {
    await start({ allowPrivateUrls: false });
    let hits = 0;
    const url = await serve((_request, response) => response.end(String((hits += 1))));
    expect(await prepareOne({ kind: 'url', url })).toMatchObject({
      kind: 'missing',
      reason: 'its URL leads to a private address, see files.allowPrivateUrls',
    });
    expect(hits).toBe(0);
  });

  it('sends no more of a file than it had when it was read', async () => {
    await start();
    const path = join(folder, 'log.txt');
    await writeFile(path, 'first');
    const file = await prepareOne({ kind: 'path', path }, { contentType: 'text/plain' });
    await writeFile(path, 'first and second');
    expect(file).toMatchObject({ contentType: 'text/plain', size: 5 });
    expect((await bytesOf(file)).toString()).toBe('first');
  });

  it('sees what has become of a file when it is asked for anew', async () => {
    await start();
    const path = join(folder, 'a.txt');
    await writeFile(path, 'a');
    await prepareOne({ kind: 'path', path });
    await rm(path);
    await preparer().release(JOB);
    expect(await prepareOne({ kind: 'path', path })).toMatchObject({ kind: 'missing' });
  });

  it('ends loads and removes temporary files when the app ends', async () => {
    await start();
    let isClosed = false;
    const url = await serve((_request, response) => {
      response.write(PDF);
      response.on('close', () => (isClosed = true));
    });
    const attachments = [{ source: { kind: 'url', url } }] as const;
    await preparer().prepare(JOB, attachments);
    await vi.waitFor(async () => expect(await temporaryFiles()).toHaveLength(1), {
      timeout: 20_000,
    });
    await preparer().close();
    await vi.waitFor(() => expect(isClosed).toBe(true), { timeout: 20_000 });
    await allRemoved();
    expect(await preparer().prepare(JOB, attachments)).toMatchObject({ state: 'waiting' });
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it('forgets the files of a job that nobody asks for any more', async () => {
    await start();
    loads['x'] = () => PDF;
    await prepareOne({ kind: 'load', id: 'x' });
    expect(await temporaryFiles()).toHaveLength(1);
    clock.advance(16 * 60_000);
    await preparer().prepare('message:2', []);
    expect(await temporaryFiles()).toEqual([]);
  });

  it('removes what a process has left that was killed more than a day ago', async () => {
    await start();
    const [old, fresh] = [0, 1].map((index) =>
      join(folder, 'tmp', `nestjs-telegram-support-${index}`),
    );
    for (const path of [old, fresh]) await mkdir(path ?? '');
    await utimes(old ?? '', 0, 0);
    loads['x'] = () => PDF;
    await prepareOne({ kind: 'load', id: 'x' });
    const left = await temporaryFiles();
    expect(left).toHaveLength(2);
    expect(left).toContain('nestjs-telegram-support-1');
  });
});

function failingStream(): Readable {
  return new Readable({
    read() {
      this.destroy(new Error('disk error'));
    },
  });
}
