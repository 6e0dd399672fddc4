import fastifyCompress from '@fastify/compress';
import type { INestApplication } from '@nestjs/common';
import compression from 'compression';
import { VirtualClock } from 'telegram-bot-api-emulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fromAgent } from '../../../src/testing/transcripts/transcript-samples.js';
import { adapterNames, type AdapterName } from '../../support/http-adapters.js';
import { HeldLists } from './held-lists.js';
import { StreamApp, type StreamAppOptions } from './stream-app.js';

const MINUTE_MS = 60_000;

describe.each(adapterNames)('streams on %s', (adapter) => {
  let app: StreamApp;

  const start = async (options: StreamAppOptions = {}): Promise<StreamApp> =>
    (app = await StreamApp.start({ adapter, ...options }));

  afterEach(() => app.close());

  it('sends everything from the beginning, then what is new, each change under its number', async () => {
    await start();
    await app.createThread('t1', 120);
    const client = await app.open('t1/stream');
    expect(client.status).toBe(200);
    expect(client.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    await client.ready();
    expect(client.retryMs).toBe(3_000);
    expect(client.ids).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
    expect(client.events.at(-1)).toEqual({ event: 'ready', data: { cursor: 120 } });
    await app.append('t1', 'a:1', 'hello\nthere');
    await app.store.edit('t1', 'c:2', { text: 'new' });
    await app.store.markRead('t1', 'agents', 100);
    app.feeds.changed('t1');
    await client.until(({ lastEventId }) => lastEventId === '123');
    expect(client.events.slice(-3)).toMatchObject([
      { event: 'message', id: '121', data: { id: 'a:1', text: 'hello\nthere' } },
      { event: 'message', id: '122', data: { id: 'c:2', number: 2, text: 'new' } },
      { event: 'thread', id: '123', data: { readByAgents: 100 } },
    ]);
  });

  it('continues after the last event, whatever the query of the first request says', async () => {
    await start();
    await app.createThread('t1', 5);
    const later = await (await app.open('t1/stream?after=3')).ready();
    expect(later.ids).toEqual([4, 5]);
    const headers = { 'Last-Event-ID': '4' };
    const again = await (await app.open('t1/stream?after=1', { headers })).ready();
    expect(again.ids).toEqual([5]);
    const none = await (await app.open('t1/stream?after=5')).ready();
    expect(none.ids).toEqual([]);
  });

  it('misses nothing when a reader comes while the others wait for what is newer', async () => {
    await start();
    await app.createThread('t1', 60);
    const lists = new HeldLists(app.store);
    const first = await (await app.open('t1/stream?after=60')).ready();
    lists.hold();
    const opening = app.open('t1/stream');
    await lists.until(1);
    await lists.release();
    const late = await opening;
    await lists.until(1);
    // The second page of the late one is held from here on.
    await app.append('t1', 'a:61');
    await lists.until(2);
    await lists.release(1);
    await app.append('t1', 'a:62');
    await lists.until(2);
    await lists.release(0);
    await late.ready();
    lists.releaseAll();
    await Promise.all([first, late].map((each) => each.until(({ ids }) => ids.includes(62))));
    expect(first.ids).toEqual([61, 62]);
    expect(late.ids).toEqual(Array.from({ length: 62 }, (_, i) => i + 1));
  });

  it.each(['-1', '1.5', 'x', '9'.repeat(16), '1;2'])('refuses %s as a cursor', async (cursor) => {
    await start();
    await app.createThread('t1', 1);
    const client = await app.open('t1/stream', { headers: { 'Last-Event-ID': cursor } });
    expect(client.status).toBe(400);
    expect(app.streams).toBe(0);
  });

  it("answers alike for somebody else's thread and for none", async () => {
    await start();
    await app.createThread('t1', 1, 'grace');
    const [foreign, none] = [await app.open('t1/stream'), await app.open('t2/stream')];
    expect([foreign.status, none.status]).toEqual([404, 404]);
    const lengths = [foreign, none].map(({ response }) => response.headers['content-length']);
    expect(new Set(lengths).size).toBe(1);
    expect(app.streams).toBe(0);
  });

  it('answers HEAD with the headers alone, and leaves no stream', async () => {
    await start();
    await app.createThread('t1', 1);
    for (let i = 0; i < 12; i += 1) {
      const client = await app.open('t1/stream', { method: 'HEAD' });
      expect(client.status).toBe(200);
      expect(client.response.headers['content-type']).toContain('text/event-stream');
      await client.closed();
    }
    expect(app.streams).toBe(0);
  });

  it('sends each event at once behind compression', async () => {
    await start({ prepare: (nest) => compressed(nest, adapter) });
    await app.createThread('t1', 1);
    const headers = { 'Accept-Encoding': 'gzip, br' };
    const client = await (await app.open('t1/stream', { headers })).ready();
    expect(client.response.headers['content-encoding']).toBeUndefined();
    await app.append('t1', 'a:1', 'x'.repeat(5_000));
    await client.until(({ lastEventId }) => lastEventId === '2');
  });

  it('keeps the headers that others have set', async () => {
    const origin = 'https://shop.example';
    await start({ prepare: (nest) => nest.enableCors({ origin, credentials: true }) });
    await app.createThread('t1', 1);
    const client = await app.open('t1/stream', { headers: { Origin: origin } });
    expect(client.response.headers['access-control-allow-origin']).toBe(origin);
  });

  it('shows that it is alive every 20 s, and ends after 15 minutes', async () => {
    const clock = new VirtualClock();
    await start({ clock });
    await app.createThread('t1', 1);
    const client = await (await app.open('t1/stream')).ready();
    for (let i = 1; i <= 3; i += 1) {
      clock.advance(20_000);
      await client.until(({ comments }) => comments === i);
    }
    clock.advance(13 * MINUTE_MS);
    await client.until(({ comments }) => comments === 42);
    expect(client.isClosed).toBe(false);
    clock.advance(MINUTE_MS);
    await client.closed();
    expect(client.response.complete).toBe(true);
    await vi.waitUntil(() => app.streams === 0, 20_000);
  });

  it('shows at a heartbeat what nobody has told', async () => {
    const clock = new VirtualClock();
    await start({ clock });
    await app.createThread('t1', 1);
    const client = await (await app.open('t1/stream')).ready();
    await app.store.append('t1', fromAgent('a:1'));
    clock.advance(20_000);
    await client.until(({ lastEventId }) => lastEventId === '2');
    expect(client.events.at(-1)).toMatchObject({ event: 'message', data: { id: 'a:1' } });
  });

  it('begins anew when the cursor is none of the thread', async () => {
    await start();
    await app.createThread('t1', 2);
    const client = await app.open('t1/stream?after=7');
    await client.closed();
    expect(client.events).toEqual([{ event: 'reset', id: '0', data: { cursor: 2 } }]);
    const headers = { 'Last-Event-ID': client.lastEventId };
    const again = await (await app.open('t1/stream?after=7', { headers })).ready();
    expect(again.ids).toEqual([1, 2]);
  });

  it('tells that a thread was purged, and then knows it no more', async () => {
    await start();
    await app.createThread('t1', 2);
    const client = await (await app.open('t1/stream')).ready();
    await app.store.purgeThread('t1');
    app.feeds.changed('t1');
    await client.closed();
    expect(client.events.at(-1)).toEqual({ event: 'gone', data: {} });
    expect((await app.open('t1/stream')).status).toBe(404);
  });

  it('gives a customer ten streams, and the place of one that was closed to the next', async () => {
    await start();
    await app.createThread('t1', 1);
    await app.createThread('t2', 1, 'grace');
    const openings = Array.from({ length: 10 }, () => app.open('t1/stream'));
    const clients = await Promise.all(openings);
    expect(new Set(clients.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await app.open('t1/stream')).status).toBe(429);
    expect((await app.open('t2/stream?customer=grace')).status).toBe(200);
    clients[3]?.close();
    const isFree = async (): Promise<boolean> => (await app.open('t1/stream')).status === 200;
    await vi.waitUntil(isFree, { timeout: 20_000 });
  });

  it('keeps no place for a client that leaves before it is known', async () => {
    const identified: Array<() => void> = [];
    await start({ identify: () => new Promise((resolve) => identified.push(resolve)) });
    await app.createThread('t1', 1);
    const abort = new AbortController();
    const requests = Array.from({ length: 12 }, () => app.leave('t1/stream', abort.signal));
    await vi.waitUntil(() => identified.length === 12, { timeout: 20_000 });
    abort.abort();
    await Promise.all(requests);
    await vi.waitUntil(() => app.departed === 12, { timeout: 20_000 });
    for (const resume of identified.splice(0)) resume();
    const opening = app.open('t1/stream');
    await vi.waitUntil(() => identified.length === 1, { timeout: 20_000 });
    identified[0]?.();
    expect((await opening).status).toBe(200);
    expect(app.streams).toBe(1);
  });

  it('closes at once with streams open, and asks their clients to come back', async () => {
    await start();
    await app.createThread('t1', 1);
    const openings = Array.from({ length: 5 }, async () => (await app.open('t1/stream')).ready());
    const clients = await Promise.all(openings);
    await app.close();
    for (const client of clients) {
      await client.closed();
      expect(client.response.complete).toBe(true);
      expect(client.retryMs).toBeGreaterThanOrEqual(900);
      expect(client.retryMs).toBeLessThanOrEqual(3_900);
    }
  });

  it('gives up a client that does not read, while others get everything', async () => {
    await start();
    await app.createThread('t1', 1);
    const [slow, quick] = [await app.open('t1/stream'), await app.open('t1/stream')];
    await Promise.all([slow.ready(), quick.ready()]);
    slow.response.pause();
    const text = 'x'.repeat(200_000);
    let sent = 1;
    // The kernel takes some MB before the process has anything unsent.
    while (app.streams === 2 && sent < 300) {
      sent += 1;
      await app.append('t1', `a:${sent}`, text);
      await quick.until(({ lastEventId }) => lastEventId === String(sent));
    }
    expect(app.streams).toBe(1);
    expect(quick.ids).toEqual(Array.from({ length: sent }, (_, i) => i + 1));
  });

  it('gives up a client that never reads what there was', async () => {
    const clock = new VirtualClock();
    await start({ clock });
    await app.createThread('t1');
    const text = 'x'.repeat(500_000);
    for (let i = 1; i <= 60; i += 1) await app.store.append('t1', fromAgent(`a:${i}`, text));
    const client = await app.open('t1/stream');
    client.response.pause();
    let heartbeats = 0;
    const isGone = (): boolean => {
      if (app.streams === 0) return true;
      heartbeats += 1;
      clock.advance(20_000);
      return false;
    };
    await vi.waitUntil(isGone, { timeout: 20_000, interval: 200 });
    // Long before its life ends.
    expect(heartbeats).toBeLessThan(40);
  });
});

async function compressed(app: INestApplication, adapter: AdapterName): Promise<void> {
  if (adapter === 'express') app.use(compression({ threshold: 0 }));
  else await app.getHttpAdapter().getInstance().register(fastifyCompress, { threshold: 0 });
}
