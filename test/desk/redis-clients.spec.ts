import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Gate } from '../support/gate.js';
import { RedisServer } from '../support/redis-server.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { SECONDS_MS } from '../support/busy-machine.js';

describe("A desk with a Redis client of the app's own", () => {
  let server: RedisServer;
  let desk: TestDesk;
  let client: Redis;
  afterEach(async () => {
    await desk.stop();
    client.disconnect();
    await server.stop();
  });

  async function start(
    settings: RedisOptions,
    options: TestDeskOptions['options'] = {},
    wanted: TestDeskOptions = {},
  ): Promise<void> {
    server = await RedisServer.start({ durable: true });
    client = new Redis(server.url, settings);
    client.on('error', () => undefined);
    await once(client, 'ready');
    desk = await TestDesk.start({ ...wanted, options: { redis: client, ...options } });
  }

  it('that queues nothing offers no reply twice that was handled while Redis was away', async () => {
    await start({ enableOfflineQueue: false });
    const accept = () => desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Help' });
    await vi.waitFor(async () => expect(await accept()).toMatchObject({ accepted: true }), 20_000);
    const question = await desk.chat.waitForMessage(() => true);
    const gate = new Gate();
    desk.replies.before = () => gate.pass();
    const reply = desk.chat.agent('Ada').reply(question, 'Hello');
    await gate.reached;
    const away = once(client, 'close');
    await server.kill();
    await away;
    await sleep(500);
    gate.open();
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(1), 20_000);
    await sleep(500);
    await server.restart();
    expect(await desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    expect(desk.replies.replies).toHaveLength(1);
  });

  it('that gives up goes on when the app connects it again', async () => {
    await start({ retryStrategy: () => null });
    const ended = once(client, 'end');
    await server.kill();
    await ended;
    await sleep(500);
    await server.restart();
    await client.connect();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'after' });
    await vi.waitFor(() => expect(desk.notices).toEqual(['💬 Customer\nafter']), 20_000);
  });

  it('that waits for ever keeps Telegram waiting no longer than 2 s', async () => {
    await start({ maxRetriesPerRequest: null }, { agents: [1] });
    await replyAsStrangerWhileRedisIsAway();
    const statuses = () => desk.emulator.deliveries.map(({ status }) => status);
    await vi.waitFor(() => expect(statuses()).toContain(503), 20_000);
    expect(await endMs()).toBeLessThan(SECONDS_MS);
  });

  it('that waits for ever does not keep an app that polls from ending', async () => {
    const settings = { maxRetriesPerRequest: null };
    await start(settings, { updates: 'polling', agents: [1] }, { webhook: false });
    await replyAsStrangerWhileRedisIsAway();
    await sleep(1_000);
    expect(await endMs()).toBeLessThan(SECONDS_MS);
  });

  async function replyAsStrangerWhileRedisIsAway(): Promise<void> {
    await desk.telegram.sendMessage('Hello');
    const message = await desk.chat.waitForMessage(() => true);
    await server.kill();
    desk.chat.agent('Mallory').reply(message, 'Hi');
  }

  async function endMs(): Promise<number> {
    const endedAtMs = performance.now();
    await desk.app.close();
    return performance.now() - endedAtMs;
  }
});
