import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adapterNames } from '../support/http-adapters.js';
import { LinkApp } from './link-app.js';

const MIB = 1 << 20;
const CHUNK = Buffer.alloc(64 * 1024, 'x');

/** Sends chunks until there are enough, no faster than they are taken. @returns How many bytes were written so far. */
function sendMany(response: ServerResponse, size: number): () => number {
  let written = 0;
  const send = (): void => {
    while (written < size) {
      const chunk = CHUNK.subarray(0, Math.min(CHUNK.length, size - written));
      written += chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', send);
        return;
      }
    }
    response.end();
  };
  send();
  return () => written;
}

describe.each(adapterNames)('The transfer of a file, on %s', (adapter) => {
  let app: LinkApp;
  beforeEach(async () => {
    app = await LinkApp.start({ adapter });
  });
  afterEach(() => app.stop());

  /** Starts it anew, to wait for Telegram for a short time only. */
  async function startHasty(): Promise<void> {
    await app.stop();
    app = await LinkApp.start({ adapter, options: { requestTimeoutMs: 1_000 } });
  }

  /** Begins to read, and stops when the headers are there. */
  async function begin(): Promise<IncomingMessage> {
    const request = get(app.origin + app.pathOf());
    const [response] = await once(request, 'response');
    return response;
  }

  it.each(['ends early', 'breaks off', 'sends nothing more'])(
    'breaks the connection when Telegram %s, so that no part is taken for the whole',
    async (way) => {
      if (way === 'sends nothing more') await startHasty();
      app.telegram.has(Buffer.alloc(0), 10 * MIB);
      app.telegram.onFile = (_request, response) => {
        response.writeHead(200).write(CHUNK);
        if (way === 'ends early') response.end();
        if (way === 'breaks off') setImmediate(() => response.destroy());
      };
      const response = await app.get();
      expect([response.status, response.headers.get('content-length')]).toEqual([
        200,
        String(10 * MIB),
      ]);
      await expect(response.arrayBuffer()).rejects.toThrow(/terminated/);
      await expect
        .poll(() => app.log.with('warn', 'A link to a file').length, { timeout: 20_000 })
        .toBe(1);
    },
  );

  it.each([undefined, 'bytes=0-', 'bytes=0-7', 'bytes=2-7'])(
    'answers 503 when a small file ends early, asked for with %s',
    async (range) => {
      app.telegram.has(Buffer.from('12345'), 10);
      const response = await app.get({}, { headers: range === undefined ? {} : { Range: range } });
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('5');
      await response.arrayBuffer();
      expect(app.log.with('warn', 'A link to a file')).toHaveLength(1);
    },
  );

  it('answers 503 when Telegram does not begin to send', async () => {
    await startHasty();
    app.telegram.has(Buffer.alloc(0), 10);
    app.telegram.onFile = (_request, response) => response.writeHead(200).flushHeaders();
    expect((await app.get()).status).toBe(503);
  });

  it('sends no more than was announced', async () => {
    app.telegram.has(Buffer.alloc(0), 10);
    app.telegram.onFile = (_request, response) => response.writeHead(200).end(CHUNK);
    expect(await (await app.get()).text()).toBe('x'.repeat(10));
  });

  it('ends at Telegram when the client gives up', async () => {
    app.telegram.has(Buffer.alloc(0), 100 * MIB);
    let isClosed = false;
    app.telegram.onFile = (_request, response) => {
      response.once('close', () => (isClosed = !response.writableFinished));
      response.writeHead(200);
      sendMany(response, 100 * MIB);
    };
    const response = await begin();
    response.destroy();
    await expect.poll(() => isClosed, { timeout: 20_000 }).toBe(true);
    expect(app.log.with('warn', 'A link to a file')).toEqual([]);
  });

  it('ends at Telegram when the client gives up before the first byte', async () => {
    app.telegram.has(Buffer.alloc(0), 10);
    const request = get(app.origin + app.pathOf());
    request.once('error', () => undefined);
    let isClosed = false;
    app.telegram.onFile = (_request, response) => {
      response.once('close', () => (isClosed = true));
      response.writeHead(200).flushHeaders();
      request.destroy();
    };
    await expect.poll(() => isClosed, { timeout: 20_000 }).toBe(true);
  });

  it('waits for a client that reads nothing, and then goes on', async () => {
    await startHasty();
    app.telegram.has(Buffer.alloc(0), 200 * MIB);
    let written = () => 0;
    app.telegram.onFile = (_request, response) => {
      response.writeHead(200);
      written = sendMany(response, 200 * MIB);
    };
    const response = await begin();
    response.pause();
    let last = -1;
    // What fits into the buffers of sockets has left; then nothing moves, for longer than Telegram may be silent.
    await expect
      .poll(
        () => {
          const before = last;
          last = written();
          return before === last;
        },
        { timeout: 20_000, interval: 1_500 },
      )
      .toBe(true);
    expect(last).toBeLessThan(50 * MIB);
    let received = 0;
    for await (const chunk of response) received += Buffer.from(chunk).length;
    expect(received).toBe(200 * MIB);
  });

  it('never has more than a part of 300 MiB in memory', async () => {
    app.telegram.has(Buffer.alloc(0), 300 * MIB);
    app.telegram.onFile = (_request, response) => {
      response.writeHead(200);
      sendMany(response, 300 * MIB);
    };
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let received = 0;
    for await (const chunk of await begin()) {
      received += Buffer.from(chunk).length;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(received).toBe(300 * MIB);
    // Buffers that are free count until the next garbage collection.
    expect(most).toBeLessThan(150 * MIB);
  });
});
