import { describe, expect, it, vi } from 'vitest';
import { ThreadTimers } from '../../src/timers/thread-timers.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { PLACES, startDesks } from '../desks/several-desks.js';

const CARD = '4242 4242 4242 4242';
const SLOW = 20_000;

describe.each(PLACES)('A thread that is moved to another desk, with data in %s,', (place) => {
  it('has in no call there what that desk masks and the former one does not', async () => {
    const named: unknown[] = [];
    const name = (thread: { threadId: string }) => {
      named.push(thread);
      return thread.threadId === 'named' ? JSON.stringify(thread) : '';
    };
    const desks = await startDesks(place, {
      billing: { mode: 'topics', privacy: { mask: ['cards'] }, topics: { name } },
    });
    const { telegram, emulator } = desks.desk;
    const subject = `Refund ${CARD}`;
    for (const threadId of ['t1', 'named']) {
      const customer = { name: `Carl ${CARD}` };
      await telegram.notifyNewThread({ threadId, text: `Help ${threadId}`, subject, customer });
      await desks.notice('default', `Help ${threadId}`);
      await telegram.updateThread({ threadId, desk: 'billing' });
      await telegram.notifyUserMessage({ threadId, text: `More ${threadId}` });
      await desks.notice('billing', `More ${threadId}`);
      await telegram.notifyRating({ threadId, rating: 5, comment: 'Good' });
    }
    await vi.waitFor(
      () => expect(desks.notices('billing').filter((text) => text.includes('★'))).toHaveLength(2),
      SLOW,
    );
    const { id } = desks.chat('billing');
    const calls = emulator.calls.filter(({ params }) => String(params['chat_id']) === String(id));
    expect(calls.filter(({ method }) => method === 'createForumTopic')).toHaveLength(2);
    expect(JSON.stringify(calls)).not.toContain(CARD);
    expect(named.length).toBeGreaterThan(0);
    expect(JSON.stringify(named)).not.toContain(CARD);
  });

  it('is due at the desk that has it, and at no other', async () => {
    const desks = await startDesks(
      place,
      { billing: {} },
      {
        options: {
          hours: { timeZone: 'UTC', weekly: { mon: ['09:00-17:00'] } },
          reminders: { firstReplyMs: 60_000, closeAfterMs: 60_000 },
        },
      },
    );
    const { telegram, app } = desks.desk;
    const each = app.get(ThreadTimers, { strict: false, each: true });
    const dueOf = async (timers: ThreadTimers) => {
      const steps = await Promise.all(
        timers.steps.map(async (step) => {
          const { due = [], waitMs = null } = (await timers.scheduleOf(step)?.next(9)) ?? {};
          return due.length > 0 || waitMs !== null ? [step] : [];
        }),
      );
      return { waiting: await timers.waiting?.count(), steps: steps.flat() };
    };
    /** One desk has it, and there it is due. */
    const isDue = (waiting: number, ...steps: readonly string[]) =>
      vi.waitFor(async () => {
        const found = await Promise.all(each.map((timers) => dueOf(timers)));
        const order = found.toSorted((one, other) => one.steps.length - other.steps.length);
        expect(order).toEqual([
          { waiting: 0, steps: [] },
          { waiting, steps },
        ]);
      }, SLOW);
    const moves = async (to: string, from: string) => {
      const threads = app.get(ThreadStateRepository, { strict: false });
      await telegram.updateThread({ threadId: 't1', desk: to });
      await vi.waitFor(async () => {
        const record = await threads.find('t1');
        expect([record?.desk, record?.move]).toEqual([to, undefined]);
      }, SLOW);
      return desks.notice(to, `from the desk ${from}`);
    };
    await telegram.notifyNewThread({ threadId: 't1', text: 'Hello' });
    await isDue(1, 'first');
    await desks.notice('default', 'Hello');
    const notice = await moves('billing', 'default');
    await isDue(1, 'first');
    desks.chat('billing').agent('Ada').reply(notice, 'An answer');
    await isDue(0, 'silence');
    await moves('default', 'billing');
    await isDue(0, 'silence');
    await telegram.purgeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await telegram.findThread('t1')).toBeNull(), SLOW);
    for (const timers of each) expect(await dueOf(timers)).toEqual({ waiting: 0, steps: [] });
  });
});
