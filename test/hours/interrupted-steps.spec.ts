import { Redis } from 'ioredis';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { ThreadEventPublisher } from '../../src/threads/thread-event-publisher.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { DeskTimers } from '../../src/timers/desk-timers.js';
import { SilentThreads } from '../../src/timers/silent-threads.js';
import { ThreadTimers } from '../../src/timers/thread-timers.js';
import { COMMAND_DESKS } from '../agents/command-desk.js';
import { HOUR_MS, HoursDesk, MINUTE_MS, WEEKDAYS } from './hours-desk.js';

const SLOW = { timeout: 20_000 };
const MONDAY = '2026-11-30T10:00:00Z';
const CLOSING = { closeAfterMs: 24 * HOUR_MS, closeWarningMs: 6 * HOUR_MS };

describe.each(COMMAND_DESKS)('In %s, in the layout %s, a desk with reminders', (...place) => {
  let desk: HoursDesk;
  afterEach(() => desk.stop());

  it('closes what is silent although its customer has rated it', async () => {
    desk = await HoursDesk.start(place, MONDAY, { reminders: CLOSING });
    const notice = await desk.open('t1');
    await desk.answer(notice, 't1');
    await desk.telegram.notifyRating({ threadId: 't1', rating: 5, comment: 'Thanks' });
    await desk.shows('★★★★★');
    await desk.quiet();
    await desk.travel(18 * HOUR_MS);
    await desk.shows('The customer says nothing any more');
    await desk.telegram.notifyRating({ threadId: 't1', rating: 1, comment: 'Hm' });
    await desk.shows('★☆☆☆☆');
    await desk.quiet();
    await desk.travel(6 * HOUR_MS);
    await desk.has('t1', 'closed');
    expect(desk.notices('The customer says nothing any more')).toHaveLength(1);
  });

  it('shows that a customer waits although its timers have ended', async () => {
    desk = await HoursDesk.start(place, MONDAY, { reminders: { firstReplyMs: HOUR_MS } });
    const notice = await desk.open('t1');
    await desk.answer(notice, 't1');
    await desk.commands.desk.app.get(DeskTimers, { strict: false }).close();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'And?' });
    await desk.has('t1', 'waiting');
    if (place[1] === 'topics') {
      await vi.waitUntil(
        async () => (await desk.record('t1'))?.topic?.shownStatus === 'waiting',
        SLOW,
      );
    }
    await vi.waitFor(
      () => expect(desk.chat.messages.find(isCardOf('t1'))?.text).toMatch(/⏳ Waiting/u),
      SLOW,
    );
    expect(desk.commands.desk.log.lines.filter(({ text }) => text.includes('shutting'))).toEqual(
      [],
    );
  });
});

const isCardOf =
  (threadId: string) =>
  ({ text = '' }: { readonly text?: string | undefined }): boolean =>
    text.includes('🆕') && text.includes(threadId);

describe('A step that others come between', () => {
  let desk: HoursDesk;
  afterEach(() => desk.stop());

  const get = <T>(type: abstract new (...args: never[]) => T): T =>
    desk.commands.desk.app.get<T>(type, { strict: false });
  const start = async () => {
    desk = await HoursDesk.start(['memory', 'topics'], MONDAY, { reminders: CLOSING });
    const notice = await desk.open('t1');
    await desk.answer(notice, 't1');
    return notice;
  };
  /** Lets something happen once, at the moment at which the app has been told. */
  const meanwhile = (act: () => Promise<unknown>): void => {
    const publisher = get(ThreadEventPublisher);
    const publish = publisher.publishTimed.bind(publisher);
    vi.spyOn(publisher, 'publishTimed').mockImplementationOnce(async (event) => {
      await publish(event);
      await act();
    });
  };

  it('leaves closed what an agent closes, and says nothing of a thread that is open again', async () => {
    await start();
    meanwhile(() =>
      desk.telegram.closeThread({ threadId: 't1' }).then(() => desk.has('t1', 'closed')),
    );
    await get(SilentThreads).close('t1');
    await vi.waitFor(() => expect(desk.ofType('closed')).toHaveLength(1), SLOW);
    await desk.quiet();
    expect(desk.ofType('reopened')).toEqual([]);
  });

  it('tells the app that it is open again when a customer writes', async () => {
    await start();
    meanwhile(async () => {
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'And?' });
      await desk.has('t1', 'waiting');
    });
    await get(SilentThreads).close('t1');
    await vi.waitFor(() => expect(desk.ofType('reopened')).toHaveLength(1), SLOW);
    expect((await desk.record('t1'))?.status).toBe('waiting');
  });

  it('leaves open what a second reply reaches between the look and the change', async () => {
    const notice = await start();
    const threads = get(ThreadStateRepository);
    const updateIf = threads.updateIf.bind(threads);
    let isWritten = false;
    vi.spyOn(threads, 'updateIf').mockImplementation(async (...args) => {
      const [, , { status }] = args;
      // The card is edited in the background, which is stored, too.
      if (isWritten || status !== 'closed') return updateIf(...args);
      isWritten = true;
      const { lastActivityAtMs: before } = (await desk.record('t1')) ?? {};
      desk.commands.write(notice, 'One more thing');
      await vi.waitFor(
        async () => expect((await desk.record('t1'))?.lastActivityAtMs).not.toBe(before),
        SLOW,
      );
      return updateIf(...args);
    });
    await get(SilentThreads).close('t1');
    expect((await desk.record('t1'))?.status).toBe('answered');
  });

  it('shows what was closed by a process that ended before it did', async () => {
    const notice = await start();
    await get(ThreadStateRepository).update('t1', { status: 'closed' });
    await get(SilentThreads).close('t1');
    await vi.waitFor(
      () =>
        expect(desk.chat.topics.find(({ id }) => id === notice.message_thread_id)).toMatchObject({
          isClosed: true,
        }),
      SLOW,
    );
    await vi.waitFor(
      () => expect(desk.chat.messages.find(isCardOf('t1'))?.text).toMatch(/✅ Closed/u),
      SLOW,
    );
  });

  it('does not close a thread at a time that was said before the last reply', async () => {
    const notice = await start();
    meanwhile(async () => {
      const { lastActivityAtMs: before } = (await desk.record('t1')) ?? {};
      desk.commands.write(notice, 'One more thing');
      await vi.waitFor(
        async () => expect((await desk.record('t1'))?.lastActivityAtMs).not.toBe(before),
        SLOW,
      );
      await desk.quiet();
    });
    await get(SilentThreads).announceEnd('t1');
    const { due, waitMs } = (await get(ThreadTimers).scheduleOf('close')?.next(5)) ?? {};
    expect({ due, waitMs }).toEqual({ due: [], waitMs: null });
  });
});

describe('A desk with hours', () => {
  let desk: HoursDesk;
  afterEach(() => desk.stop());

  it('waits for its opening again when Redis was flushed and a customer writes', async () => {
    desk = await HoursDesk.start(['Redis', 'replies'], '2026-11-28T10:00:00Z', { hours: WEEKDAYS });
    const redis = new Redis(inject('redisUrl'));
    const [botId] = desk.commands.desk.emulator.bot.token.split(':');
    const prefix = `tg:{${botId}:${desk.chat.id}}`;
    const opening = () =>
      redis.exists(`${prefix}:timers:jobs:opening:${Date.parse('2026-11-30T08:00:00Z')}`);
    await vi.waitFor(async () => expect(await opening()).toBe(1), SLOW);
    await redis.del(await redis.keys(`${prefix}*`));
    await desk.open('t1');
    await vi.waitFor(async () => expect(await opening()).toBe(1), SLOW);
    redis.disconnect();
  });

  it('waits for no opening when it never closes', async () => {
    const weekly = Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['00:00-24:00']]),
    );
    desk = await HoursDesk.start(['memory', 'replies'], MONDAY, {
      hours: { timeZone: 'UTC', weekly },
    });
    await desk.open('t1');
    expect(desk.clock.longWaits).toBe(0);
  });

  it('reminds of the threads of a desk that was removed', async () => {
    desk = await HoursDesk.start(['memory', 'replies'], MONDAY, {
      reminders: { firstReplyMs: HOUR_MS, escalateMs: 10 * MINUTE_MS },
    });
    await desk.open('t1');
    const threads = desk.commands.desk.app.get(ThreadStateRepository, { strict: false });
    await threads.update('t1', { desk: 'removed' });
    await desk.travel(HOUR_MS);
    await vi.waitFor(
      async () => expect((await desk.record('t1'))?.overdueSinceMs).toBeDefined(),
      SLOW,
    );
  });
});
