import { Redis } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ChatDesk } from '../chat-widget/chat-desk.js';
import { VirtualClock } from '../../src/testing/index.js';
import { RedisServer } from '../support/redis-server.js';
import { TestDesk } from '../support/test-desk.js';
import { startBusyDesk } from './busy-desk.js';
import { RecordingSdk, type Point } from './recording-sdk.js';

const AT_DESK = { 'telegram_support.bot': 'default', 'telegram_support.desk': 'default' };

describe.each(['memory', 'Redis'])('The metrics of a busy desk in %s', (place) => {
  let sdk: RecordingSdk;
  let busy: ChatDesk;

  afterEach(async () => {
    await busy.stop();
    sdk.stop();
  });

  it('say what was sent, what failed, what waits and how long it took', async () => {
    sdk = RecordingSdk.start();
    busy = await startBusyDesk(place, sdk);
    const { emulator } = busy.desk;
    const sum = (points: Point[]): number => points.reduce((all, { value }) => all + value, 0);
    // A message is in the chat before its call is answered.
    const sent = await vi.waitFor(async () => {
      const points = await sdk.points('messaging.client.sent.messages');
      const tried = emulator.calls.filter(({ method }) => method === 'sendMessage').length;
      expect(sum(points)).toBe(tried);
      return points;
    }, 20_000);
    expect(sent.map(({ attributes }) => attributes)).toContainEqual({
      ...AT_DESK,
      'messaging.system': 'telegram',
      'messaging.destination.template': 'desk/default',
      'messaging.operation.name': 'sendMessage',
      'messaging.operation.type': 'send',
    });
    const failed = sent.filter(({ attributes }) => attributes['error.type'] !== undefined);
    expect(failed.map(({ attributes, value }) => [attributes['error.type'], value])).toEqual([
      ['429', 1],
    ]);
    const durations = await sdk.points('messaging.client.operation.duration');
    const ofBot = durations.filter(
      ({ attributes }) => attributes['messaging.operation.name'] === 'getMe',
    );
    expect(ofBot.map(({ attributes }) => attributes)).toEqual([
      {
        'messaging.system': 'telegram',
        'messaging.operation.name': 'getMe',
        'telegram_support.bot': 'default',
      },
    ]);
    expect(sum(await sdk.points('telegram_support.rate_limit.retry_after'))).toBe(1);
    const errors = await sdk.points('telegram_support.api.errors');
    expect(errors.map(({ attributes }) => attributes['error.type'])).toContain('429');
    const handled = await sdk.points('messaging.process.duration');
    const outcomes = handled.map(({ attributes }) => [
      attributes['telegram_support.event.type'],
      String(attributes['telegram_support.handler']).replace(/^.*\//, ''),
      attributes['error.type'],
    ]);
    expect(outcomes).toContainEqual(['reply', 'FailingApp.take', 'RangeError']);
    expect(outcomes).toContainEqual(['command', 'FailingApp.refund (command)', undefined]);
    const waits = await sdk.points('telegram_support.reply.wait_time');
    expect(waits.map(({ attributes }) => attributes['telegram_support.reply.kind'])).toEqual([
      'first',
      'next',
    ]);
    expect(await sdk.points('telegram_support.dead_letters.added')).toEqual([
      { attributes: { ...AT_DESK, 'telegram_support.direction': 'inbound' }, value: 1 },
    ]);
    expect(await sdk.points('telegram_support.chat.streams')).toEqual([
      { attributes: { 'telegram_support.bot': 'default' }, value: 1 },
    ]);
    const updates = await sdk.points('messaging.client.consumed.messages');
    expect(updates.map(({ attributes }) => attributes['telegram_support.update.type'])).toContain(
      'message',
    );
    const queues = await sdk.points('telegram_support.queue.jobs');
    expect(queues.map(({ attributes }) => attributes['telegram_support.queue'])).toEqual([
      'outbox',
      'inbox',
      'acknowledgements',
    ]);
    const ages = await sdk.points('telegram_support.queue.oldest_job.age');
    expect(ages).toHaveLength(3);
    expect(await sdk.points('telegram_support.dead_letters')).toHaveLength(2);
    const used = await sdk.points('telegram_support.rate_limit.used');
    expect(used.map(({ attributes }) => attributes)).toEqual([AT_DESK]);
  });
});

describe('The gauges of a desk', () => {
  let sdk: RecordingSdk;
  let desk: TestDesk;

  afterEach(async () => {
    await desk.stop();
    sdk.stop();
  });

  it('show what waits, by the desk, and read it anew after 5 s', async () => {
    sdk = RecordingSdk.start();
    const clock = new VirtualClock();
    desk = await TestDesk.start({
      clock,
      options: {
        rateLimit: { messages: 4, windowMs: 600_000 },
        desks: { billing: { adminChatId: -100_777 } },
      },
    });
    const values = async (name: string, which: Record<string, string>): Promise<number[]> => {
      const points = await sdk.points(name);
      const isMeant = (attributes: object): boolean =>
        Object.entries(which).every(([key, value]) => Reflect.get(attributes, key) === value);
      return points.flatMap(({ attributes, value }) => (isMeant(attributes) ? value : []));
    };
    const outbox = { 'telegram_support.queue': 'outbox', 'telegram_support.desk': 'default' };
    const jobs = (): Promise<number[]> => values('telegram_support.queue.jobs', outbox);
    expect(await jobs()).toEqual([0]);
    for (let i = 0; i < 6; i += 1) {
      await desk.telegram.notifyNewThread({ threadId: `t${i}`, text: 'Help' });
    }
    await vi.waitUntil(() => desk.notices.length === 4, 20_000);
    await vi.waitUntil(() => clock.pending > 0, 20_000);
    expect(await jobs()).toEqual([0]);
    clock.advance(6_000);
    expect(await jobs()).toEqual([2]);
    const [age = NaN] = await values('telegram_support.queue.oldest_job.age', outbox);
    expect(age).toBeGreaterThanOrEqual(6);
    expect(age).toBeLessThan(60);
    const atDesk = { 'telegram_support.desk': 'default' };
    expect(await values('telegram_support.rate_limit.used', atDesk)).toEqual([1]);
    const billing = { ...outbox, 'telegram_support.desk': 'billing' };
    expect(await values('telegram_support.queue.jobs', billing)).toEqual([0]);
  });

  it('ask Redis only when they are collected, and have no value while it is away', async () => {
    sdk = RecordingSdk.start();
    const server = await RedisServer.start({});
    const redis = new Redis(server.url);
    try {
      desk = await TestDesk.start({ options: { redis: server.url } });
      await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
      await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
      const asked = async (): Promise<number> =>
        Number(/cmdstat_hlen:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);
      const before = await asked();
      const values = async (name: string): Promise<number[]> =>
        (await sdk.points(name)).map(({ value }) => value);
      const letters = (): Promise<number[]> => values('telegram_support.dead_letters');
      expect(await letters()).toEqual([0, 0]);
      expect(await letters()).toEqual([0, 0]);
      expect(await asked()).toBe(before + 2);
      redis.disconnect();
      await server.kill();
      await vi.waitFor(async () => expect(await letters()).toEqual([NaN, NaN]), {
        timeout: 25_000,
      });
      expect(await values('telegram_support.rate_limit.used')).toEqual([NaN]);
      expect(await values('telegram_support.queue.jobs')).toEqual([NaN, NaN, NaN]);
      expect(await sdk.points('messaging.client.sent.messages')).not.toEqual([]);
    } finally {
      redis.disconnect();
      await server.stop();
    }
  });
});

describe('The errors of a desk that polls', () => {
  it.each(['memory', 'Redis'])('are none when the app ends, in %s', async (place) => {
    const sdk = RecordingSdk.start();
    const server = place === 'Redis' ? await RedisServer.start() : undefined;
    const desk = await TestDesk.start({
      webhook: false,
      options: { updates: 'polling', ...(server && { redis: server.url }) },
    });
    await vi.waitFor(() => expect(desk.emulator.callsOf('getUpdates')).not.toEqual([]), 20_000);
    await desk.stop();
    expect(await sdk.points('telegram_support.api.errors')).toEqual([]);
    await server?.stop();
    sdk.stop();
  });
});
