import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventPage } from '../../../src/chat-widget/stream/event-page.js';
import { StreamReader } from '../../../src/chat-widget/stream/stream-reader.js';

const ENDS_AT_MS = 1_000;

describe('StreamReader', () => {
  let server: Server;
  let client: Socket;
  let raw: ServerResponse;

  beforeEach(async () => {
    server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It has no port');
    client = connect(address.port, '127.0.0.1').pause();
    client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    [, raw] = await once(server, 'request');
  });
  afterEach(() => {
    client.destroy();
    server.close();
  });

  /** Sends until the kernel takes no more. */
  const fill = async (reader: StreamReader, bytes: number): Promise<void> => {
    for (let id = reader.cursor + 1; ; id += 1) {
      reader.send(new EventPage([{ id, bytes: Buffer.alloc(bytes, 'x') }], id - 1, id));
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (raw.writableLength >= bytes) return;
    }
  };

  it('gives a client up that takes nothing between two heartbeats', async () => {
    const reader = new StreamReader(raw, 0, ENDS_AT_MS);
    await fill(reader, 1_000_000);
    reader.heartbeat(0);
    expect(raw.destroyed).toBe(false);
    reader.heartbeat(0);
    expect(raw.destroyed).toBe(true);
  });

  it('keeps a client that takes something between two heartbeats, however little', async () => {
    const reader = new StreamReader(raw, 0, ENDS_AT_MS);
    await fill(reader, 1_000_000);
    reader.heartbeat(0);
    const unsent = raw.writableLength;
    reader.send(new EventPage([{ id: 1e6, bytes: Buffer.alloc(1e7, 'x') }], reader.cursor, 1e6));
    client.resume();
    await vi.waitUntil(() => raw.writableLength < unsent + 1e7 || raw.writableLength === 0, 20_000);
    client.pause();
    reader.heartbeat(0);
    expect(raw.destroyed).toBe(false);
  });

  it('gives a client up that has not taken the end of its stream by the next heartbeat', async () => {
    const reader = new StreamReader(raw, 0, ENDS_AT_MS);
    await fill(reader, 100_000);
    reader.heartbeat(ENDS_AT_MS);
    expect(raw.writableEnded).toBe(true);
    expect(raw.destroyed).toBe(false);
    reader.heartbeat(ENDS_AT_MS);
    expect(raw.destroyed).toBe(true);
  });

  it('leaves a client until the next heartbeat but one whose thread has gone just before one', async () => {
    const reader = new StreamReader(raw, 0, ENDS_AT_MS);
    await fill(reader, 100_000);
    reader.gone();
    reader.heartbeat(0);
    expect(raw.destroyed).toBe(false);
    reader.heartbeat(0);
    expect(raw.destroyed).toBe(true);
  });

  it('ignores a page that begins after where it is', () => {
    const reader = new StreamReader(raw, 3, ENDS_AT_MS);
    reader.send(new EventPage([{ id: 5, bytes: Buffer.from('x') }], 4, 5));
    expect(reader.cursor).toBe(3);
    reader.send(new EventPage([{ id: 4, bytes: Buffer.from('x') }], 2, 4));
    expect(reader.cursor).toBe(4);
  });
});
