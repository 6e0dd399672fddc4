import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { VirtualClock, type EmulatorFault } from '../../src/testing/index.js';
import { RedisServer } from '../support/redis-server.js';
import type { TestDesk } from '../support/test-desk.js';
import {
  messagesOf,
  PLACES,
  postedOf,
  sampleOf,
  samplesOf,
  SLOW,
  startMediaDesk,
  waitForPosted,
} from './media-desk.js';

const customer = { name: 'Alice' };
const MARK = '(sent again: the first time may have arrived)';

describe.each(PLACES)('Files of customers, in %s,', (place) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  const send = (...kinds: Parameters<typeof samplesOf>) =>
    desk.telegram.notifyUserMessage({
      threadId: 't1',
      customer,
      text: 'Hi',
      attachments: samplesOf(...kinds),
    });

  it.each<[string, EmulatorFault]>([
    ['a proxy answers 502', { kind: 'html', status: 502 }],
    ['the connection breaks', { kind: 'cut', perform: false }],
    ['Telegram wants a pause', { kind: 'flood', retryAfterSeconds: 1 }],
  ])('wait while %s, and arrive once', async (_name, fault) => {
    desk = await startMediaDesk(place);
    desk.emulator.failNext('sendMediaGroup', fault);
    await send('photo', 'photo');
    const posted = await waitForPosted(desk, 2);
    expect(posted.map(({ kind }) => kind)).toEqual(['photo', 'photo']);
    expect(desk.emulator.callsOf('sendMediaGroup')).toHaveLength(2);
  });

  it('are marked when they are sent again because an answer was lost, and only those', async () => {
    desk = await startMediaDesk(place);
    desk.emulator.failNext('sendDocument', { kind: 'cut', perform: true });
    await send('photo', 'document', 'voice');
    expect(await waitForPosted(desk, 4)).toEqual([
      { kind: 'photo', text: '💬 Alice\nHi' },
      { kind: 'document', text: '' },
      { kind: 'document', text: MARK },
      { kind: 'voice', text: '' },
    ]);
  });

  it('go to the supergroup that the chat has become', async () => {
    desk = await startMediaDesk(place, {
      chat: (emulator) => emulator.createGroup({ title: 'Support' }),
    });
    const upgraded = desk.chat.upgrade();
    await send('photo', 'photo');
    await upgraded.waitForAlbum(({ caption }) => caption?.includes('Hi') === true, SLOW.timeout);
    expect(desk.emulator.callsOf('sendMediaGroup').map(({ status }) => status)).toEqual([400, 200]);
  });

  it('are posted when an album takes more than the rate limit has', async () => {
    desk = await startMediaDesk(place, {
      options: { rateLimit: { messages: 4, windowMs: 500 } },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'before' });
    await send(...Array.from({ length: 10 }, () => 'photo' as const));
    await desk.telegram.notifyUserMessage({ threadId: 't3', text: 'behind' });
    const posted = await waitForPosted(desk, 12);
    expect(posted.filter(({ kind }) => kind === 'photo')).toHaveLength(10);
  });

  describe('in topics', () => {
    const startInForum = () =>
      startMediaDesk(place, {
        chat: (emulator) => emulator.createForum({ title: 'Support' }),
        options: { mode: 'topics' },
      });

    it('stand in the topic of their thread, also without words', async () => {
      desk = await startInForum();
      await send('photo', 'photo', 'document');
      await waitForPosted(desk, 3);
      const [topic] = desk.chat.topics;
      expect(topic?.name).toBe('Alice');
      for (const { message_thread_id: topicId } of messagesOf(desk)) {
        expect(topicId).toBe(topic?.id);
      }
    });

    it('go on in a new topic when theirs is gone, and leave nothing in General', async () => {
      desk = await startInForum();
      await send('photo');
      await waitForPosted(desk, 1);
      desk.chat.redirectDeletedTopics(true);
      desk.chat.agent('Owner', { status: 'creator' }).deleteTopic(desk.chat.topics[0]?.id ?? 0);
      await send('photo', 'photo', 'photo');
      const isMoved = () => {
        expect(desk.chat.topics).toHaveLength(1);
        expect(messagesOf(desk)).toHaveLength(3);
        for (const { is_topic_message: isInTopic } of messagesOf(desk))
          expect(isInTopic).toBe(true);
      };
      await vi.waitFor(isMoved, SLOW);
      expect(postedOf(desk).map(({ kind }) => kind)).toEqual(['photo', 'photo', 'photo']);
    });
  });
});

describe('Files of customers', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  it('never exceed the rate limit of a group, though there are 25', async () => {
    const clock = new VirtualClock();
    desk = await startMediaDesk('memory', {
      clock,
      emulator: { limits: {} },
      options: { rateLimit: undefined },
    });
    const attachments = Array.from({ length: 25 }, () => sampleOf('photo'));
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'All', attachments });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'behind' });
    const isDone = () => {
      if (messagesOf(desk).length < 26) clock.advance(1_000);
      expect(messagesOf(desk)).toHaveLength(26);
    };
    await vi.waitFor(isDone, { timeout: 25_000, interval: 20 });
    expect(postedOf(desk).at(-1)).toEqual({ kind: 'text', text: '💬 Customer\nbehind' });
    expect(desk.calls.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('leave a line when they vanish after they were found', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'media-'));
    const path = join(folder, 'scan.pdf');
    await writeFile(path, '%PDF-1.7 a scan');
    desk = await startMediaDesk('memory');
    desk.emulator.failNext('sendDocument', { kind: 'flood', retryAfterSeconds: 1 });
    const message = { threadId: 't1', customer, text: 'Hi', attachments: [{ path }] };
    await desk.telegram.notifyUserMessage(message);
    await desk.emulator.waitForCall(({ method }) => method === 'sendDocument', SLOW.timeout);
    // At once, before the answer is read: the next try comes after a second.
    rmSync(folder, { recursive: true });
    const [posted] = await waitForPosted(desk, 1);
    expect(posted?.kind).toBe('text');
    expect(posted?.text).toMatch(/^💬 Alice\nHi\n\n📎 scan\.pdf was not sent: .+$/);
    expect(desk.log.with('warn', 'could not be read')).toHaveLength(1);
  });

  it('leave no bytes in Redis once they are sent', async () => {
    const redis = new Redis(inject('redisUrl'));
    const clock = new VirtualClock();
    desk = await startMediaDesk('Redis', { emulator: { clock } });
    const files = () => redis.keys(`tg:{${desk.emulator.bot.id}}:file:*`);
    desk.emulator.failNext('sendMediaGroup', { kind: 'delay', delayMs: 1_000 });
    const attachments = samplesOf('photo', 'photo');
    await desk.telegram.notifyUserMessage({ threadId: 't1', attachments });
    await desk.emulator.waitForCall(({ method }) => method === 'sendMediaGroup', SLOW.timeout);
    expect(await files()).toHaveLength(2);
    clock.advance(1_000);
    await waitForPosted(desk, 2);
    await vi.waitFor(async () => expect(await files()).toEqual([]), SLOW);
    redis.disconnect();
  });

  it('survive a restart of Redis between their acceptance and their sending', async () => {
    const server = await RedisServer.start({ durable: true });
    desk = await startMediaDesk('memory', { options: { redis: server.url } });
    desk.emulator.failNext('sendMediaGroup', { kind: 'html', status: 502 });
    const attachments = samplesOf('photo', 'photo');
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Hi', attachments });
    await desk.emulator.waitForCall(({ method }) => method === 'sendMediaGroup', SLOW.timeout);
    await server.kill();
    await server.restart();
    const posted = await waitForPosted(desk, 2);
    expect(posted[0]?.text).toContain('Hi');
    expect(posted.map(({ kind }) => kind)).toEqual(['photo', 'photo']);
    await desk.app.close();
    await server.stop();
  });
});
