import { VirtualClock } from 'telegram-bot-api-emulator';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { fromAgent } from '../../../src/testing/transcripts/transcript-samples.js';
import { command } from '../../support/redis.pair.js';
import { RedisServer } from '../../support/redis-server.js';
import { StreamApp } from './stream-app.js';

const WAIT = { timeout: 20_000 };

describe('streams of several processes', () => {
  let redis: RedisServer;
  let apps: StreamApp[] = [];
  let threads = 0;

  /** Their clocks stand still: nothing is found by a heartbeat. */
  async function start(url = redis.url): Promise<StreamApp & { readonly clock: VirtualClock }> {
    const clock = new VirtualClock();
    const app = await StreamApp.start({ clock, options: { redis: url } });
    apps.push(app);
    return Object.assign(app, { clock });
  }

  function newThread(): string {
    threads += 1;
    return `t${threads}`;
  }

  beforeAll(async () => {
    redis = await RedisServer.start({ durable: true });
  });
  afterEach(async () => {
    await Promise.all(apps.map((app) => app.close()));
    apps = [];
  });
  afterAll(() => redis.stop());

  it('shows what another process has changed, at once and in order', async () => {
    const [one, two] = [await start(), await start()];
    const thread = newThread();
    await one.createThread(thread, 3);
    const client = await (await two.open(`${thread}/stream?after=1`)).ready();
    for (let i = 1; i <= 20; i += 1) await (i % 2 ? one : two).append(thread, `a:${i}`);
    await client.until(({ lastEventId }) => lastEventId === '23');
    expect(client.ids).toEqual(Array.from({ length: 22 }, (_, i) => i + 2));
    await one.store.purgeThread(thread);
    one.feeds.changed(thread);
    await client.closed();
    expect(client.events.at(-1)?.event).toBe('gone');
  });

  it('shows what was changed while nobody could tell it', async () => {
    const [one, two] = [await start(), await start()];
    const thread = newThread();
    await one.createThread(thread, 1);
    const client = await (await two.open(`${thread}/stream`)).ready();
    await one.append(thread, 'a:0');
    await client.until(({ lastEventId }) => lastEventId === '2');
    for (let i = 1; i <= 5; i += 1) {
      await command(redis, 'CLIENT', 'KILL', 'TYPE', 'pubsub');
      await one.append(thread, `a:${i}`);
      await client.until(({ lastEventId }) => lastEventId === String(i + 2));
    }
    expect(client.ids).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('continues when Redis was away', async () => {
    const [one, two] = [await start(), await start()];
    const thread = newThread();
    await one.createThread(thread, 2);
    const client = await (await two.open(`${thread}/stream`)).ready();
    await redis.kill();
    expect((await two.open(`${thread}/stream`)).status).toBe(500);
    await redis.restart();
    const append = async (): Promise<boolean> => {
      const appended = await one.store.append(thread, fromAgent('a:1')).catch(() => null);
      return appended !== null;
    };
    await vi.waitUntil(append, WAIT);
    one.feeds.changed(thread);
    await client.until(({ lastEventId }) => lastEventId === '3');
    expect(client.ids).toEqual([1, 2, 3]);
    expect(client.isClosed).toBe(false);
  });

  it('says once that Redis denies the channel, reads at each heartbeat, and listens when it may', async () => {
    await command(
      redis,
      'ACL',
      'SETUSER',
      'limited',
      'on',
      '>secret',
      '~*',
      '+@all',
      'resetchannels',
    );
    const one = await start();
    const two = await start(redis.url.replace('//', '//limited:secret@'));
    const thread = newThread();
    await one.createThread(thread, 1);
    const client = await (await two.open(`${thread}/stream`)).ready();
    await one.append(thread, 'a:1');
    const denials = () => two.logger.with('warn', 'denies its user limited the channel');
    await vi.waitUntil(() => denials().length > 0, WAIT);
    two.clock.advance(20_000);
    await client.until(({ lastEventId }) => lastEventId === '2');
    await two.append(thread, 'a:2');
    await client.until(({ lastEventId }) => lastEventId === '3');
    expect(denials()).toHaveLength(1);
    const rights = /ACL SETUSER limited ((?:[+&]\S+ ?)+)/.exec(denials()[0]?.text ?? '')?.[1];
    await command(redis, 'ACL', 'SETUSER', 'limited', ...(rights ?? '').trim().split(' '));
    two.clock.advance(20_000);
    await vi.waitUntil(() => two.logger.with('log', 'allows the channel').length > 0, WAIT);
    await one.append(thread, 'a:3');
    await client.until(({ lastEventId }) => lastEventId === '4');
  });

  it('begins anew where Redis came back with less than customers have seen', async () => {
    const [one, two] = [await start(), await start()];
    const thread = newThread();
    await one.createThread(thread, 5);
    const client = await (await two.open(`${thread}/stream`)).ready();
    // Once the second process listens, it reads the thread, which is not to be gone then.
    await one.append(thread, 'a:1');
    await client.until(({ lastEventId }) => lastEventId === '6');
    await one.store.purgeThread(thread);
    await one.createThread(thread, 2);
    one.feeds.changed(thread);
    await client.closed();
    expect(client.events.at(-1)).toEqual({ event: 'reset', id: '0', data: { cursor: 2 } });
  });

  it('uses one connection to listen, made with the first stream and closed with the app', async () => {
    const listening = async (): Promise<number> => {
      const clients = String(await command(redis, 'CLIENT', 'LIST', 'TYPE', 'pubsub'));
      return clients.split('\n').filter((line) => line.includes('id=')).length;
    };
    await vi.waitUntil(async () => (await listening()) === 0, WAIT);
    const one = await start();
    const thread = newThread();
    await one.createThread(thread, 1);
    await one.append(thread, 'a:1');
    expect(await listening()).toBe(0);
    const openings = Array.from({ length: 5 }, () => one.open(`${thread}/stream`));
    for (const client of await Promise.all(openings)) await client.ready();
    await vi.waitUntil(async () => (await listening()) === 1, WAIT);
    await one.close();
    await vi.waitUntil(async () => (await listening()) === 0, WAIT);
  });
});
