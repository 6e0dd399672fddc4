import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { VirtualClock, type BotApiCall } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';

const MESSAGES_PER_SECOND = 1_000;
const customer = { name: 'Mallory' };

describe('A thread with 1,000 messages a second', () => {
  let desk: TestDesk;
  let count = 0;
  afterEach(() => desk.stop());

  /** One second of the flood, in its own thread. */
  async function flood(): Promise<void> {
    const messages = Array.from({ length: MESSAGES_PER_SECOND }, () =>
      desk.telegram.notifyUserMessage({
        threadId: 'flood',
        text: `more ${(count += 1)}`,
        customer,
      }),
    );
    const receipts = await Promise.all(messages);
    expect(receipts.every(({ accepted }) => accepted)).toBe(true);
  }

  function sent(): BotApiCall[] {
    return desk.emulator.callsOf('sendMessage');
  }

  /** How many other notices were posted before the one of the thread, after the first so many. */
  function noticesBefore(threadId: string, sentByThen: number): number {
    return desk.notices.findIndex((text) => text.includes(`from ${threadId}.`)) - sentByThen;
  }

  function isShown(threadId: string): boolean {
    return desk.notices.some((text) => text.includes(`from ${threadId}.`));
  }

  /** The most messages that Telegram received within any window. */
  function mostInAWindow(windowMs: number): number {
    const times = sent().map(({ at }) => at);
    return Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length),
    );
  }

  const threads = ['t1', 't2', 't3'];

  it('uses up the rate limit and delays the first notice of others by one window at most, in memory', async () => {
    const rateLimit = { messages: 5, windowMs: 60_000 };
    const clock = new VirtualClock();
    await start({ clock, options: { rateLimit } });
    await flood();
    await vi.waitFor(() => expect(desk.notices).toHaveLength(rateLimit.messages), 20_000);
    const openedAtMs = clock.now();
    for (const threadId of threads) {
      await desk.telegram.notifyNewThread({ threadId, text: `Help, from ${threadId}.` });
    }
    while (clock.now() < openedAtMs + rateLimit.windowMs) {
      clock.advance(1_000);
      if ((clock.now() - openedAtMs) % 10_000 === 0) await flood();
    }
    await vi.waitFor(
      () => expect(threads.every((threadId) => isShown(threadId))).toBe(true),
      20_000,
    );
    expect(clock.now()).toBe(openedAtMs + rateLimit.windowMs);
    for (const threadId of threads) {
      expect(noticesBefore(threadId, rateLimit.messages)).toBeLessThan(threads.length);
    }
    expect(mostInAWindow(rateLimit.windowMs)).toBe(rateLimit.messages);
    expect(sent().filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('uses up the rate limit and delays the first notice of others by one window at most, with Redis', async () => {
    const rateLimit = { messages: 5, windowMs: 500 };
    await start({
      options: { rateLimit, redis: inject('redisUrl') },
      emulator: { bots: [ownBot()], limits: { group: false } },
    });
    await flood();
    await vi.waitFor(
      () => expect(desk.notices.length).toBeGreaterThanOrEqual(rateLimit.messages),
      20_000,
    );
    for (const threadId of threads) {
      await desk.telegram.notifyNewThread({ threadId, text: `Help, from ${threadId}.` });
      // Windows may pass until Redis has taken it.
      const sentByThen = sent().length;
      await flood();
      await vi.waitFor(() => expect(isShown(threadId)).toBe(true), { timeout: 20_000 });
      // What may be sent in a window, plus what was being sent.
      expect(noticesBefore(threadId, sentByThen)).toBeLessThanOrEqual(rateLimit.messages + 1);
    }
    expect(mostInAWindow(rateLimit.windowMs)).toBeLessThanOrEqual(rateLimit.messages);
    expect(sent().filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('delays the further messages of others by one notice, as does a first message of 1 MB', async () => {
    const clock = new VirtualClock();
    await start({ clock, options: { rateLimit: { messages: 1, windowMs: 1_000 } } });
    await desk.telegram.notifyNewThread({ threadId: 'flood', text: 'lorem ipsum '.repeat(80_000) });
    await vi.waitFor(() => expect(desk.notices).toHaveLength(1), 20_000);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'More, from t1.' });
    for (let i = 0; i < 2; i += 1) {
      await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
      clock.advance(1_000);
      await vi.waitFor(() => expect(desk.notices).toHaveLength(i + 2), 20_000);
    }
    expect(isShown('t1')).toBe(true);
  });

  async function start(options: TestDeskOptions): Promise<void> {
    desk = await TestDesk.start({ webhook: false, ...options });
  }
});
