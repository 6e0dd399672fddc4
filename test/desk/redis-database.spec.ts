import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RedisServer } from '../support/redis-server.js';
import { TestDesk } from '../support/test-desk.js';

describe('A desk whose database does not exist in Redis', () => {
  let server: RedisServer;
  let desk: TestDesk;
  beforeEach(async () => {
    server = await RedisServer.start({ args: ['--databases', '2'] });
  });
  afterEach(async () => {
    await desk.stop();
    await server.stop();
  });

  const said = () =>
    desk.log.with('error', 'Redis has no database 99 (ERR DB index is out of range)');

  it.each([
    ['in the URL', (url: string) => `${url}/99`],
    [
      'in the options',
      (url: string) => ({ port: Number(new URL(url).port), host: '127.0.0.1', db: 99 }),
    ],
  ])('says so once, and what to do, when it stands %s', async (_name, optionOf) => {
    desk = await TestDesk.start({ options: { redis: optionOf(server.url) } });
    await vi.waitFor(() => expect(said()).toHaveLength(1), 20_000);
    expect(said()[0]?.text).toContain('the number behind the host in REDIS_URL');
    await server.kill();
    await vi.waitFor(
      () => expect(desk.log.with('error', 'Redis does not answer')).toHaveLength(1),
      20_000,
    );
    await server.restart();
    await vi.waitFor(
      () => expect(desk.log.with('log', 'Redis answers again')).toHaveLength(1),
      20_000,
    );
    expect(said()).toHaveLength(1);
  });

  it("says so once, and what to do, when a client of the app's own wants it", async () => {
    const client = new Redis(`${server.url}/99`);
    client.on('error', () => undefined);
    await vi.waitUntil(() => client.status === 'ready', 20_000);
    desk = await TestDesk.start({ options: { redis: client } });
    await vi.waitFor(() => expect(said()).toHaveLength(1), 20_000);
    await desk.stop();
    client.disconnect();
    expect(said()).toHaveLength(1);
  });
});
