import { afterEach, describe, expect, it, vi } from 'vitest';
import { DeskEvents } from '../../src/desk/desk-events.js';
import type { Message } from '../../src/testing/index.js';
import { COMMAND_DESKS } from '../agents/command-desk.js';
import { iconOf } from '../topics/topic-desk.js';
import { HOUR_MS, HoursDesk, MINUTE_MS, WEEKDAYS } from './hours-desk.js';

const SLOW = { timeout: 20_000 };

/** A Monday, two hours after the opening. */
const MONDAY = '2026-11-30T10:00:00Z';

const REMINDERS = {
  firstReplyMs: HOUR_MS,
  nextReplyMs: 30 * MINUTE_MS,
  escalateMs: 10 * MINUTE_MS,
};

describe.each(COMMAND_DESKS)('In %s, in the layout %s, a desk with reminders', (...place) => {
  let desk: HoursDesk;
  const start = async (options = {}, now = MONDAY): Promise<void> => {
    desk = await HoursDesk.start(place, now, { reminders: REMINDERS, ...options });
  };
  afterEach(() => desk.stop());

  const topicWith = (topicId: number | undefined) =>
    desk.chat.topics.find(({ id }) => id === topicId);
  const showsIcon = async (
    { message_thread_id: topicId }: Message,
    emoji: string,
  ): Promise<void> => {
    const wanted = async () => (await iconOf(desk.commands.desk, topicWith(topicId))) === emoji;
    await vi.waitUntil(wanted, 20_000);
  };
  const record = (threadId: string) => desk.record(threadId);

  it('shows, says and publishes, one after the other, that a customer waits too long', async () => {
    await start();
    const notice = await desk.open('t1');
    await desk.travel(HOUR_MS - MINUTE_MS);
    await desk.quiet();
    expect((await record('t1'))?.overdueSinceMs).toBeUndefined();
    await desk.travel(MINUTE_MS);
    await vi.waitFor(async () => expect((await record('t1'))?.overdueSinceMs).toBeDefined(), SLOW);
    if (place[1] === 'topics') {
      await showsIcon(notice, '🔥');
    }
    expect(desk.notices('waited too long')).toEqual([]);
    await desk.travel(10 * MINUTE_MS);
    const reminder = await desk.shows('waited too long');
    const { message_thread_id: topicId, reply_to_message: answered } = reminder;
    expect(place[1] === 'topics' ? topicId : answered?.message_id).toBe(
      place[1] === 'topics' ? notice.message_thread_id : notice.message_id,
    );
    expect(desk.events).toEqual([]);
    await desk.travel(10 * MINUTE_MS);
    await vi.waitFor(() => expect(desk.ofType('overdue')).toHaveLength(1), SLOW);
    expect(desk.events[0]).toMatchObject({ threadId: 't1', agent: null, desk: 'default' });
    expect(desk.events[0]?.waitingSince).toBeInstanceOf(Date);
    await desk.answer(notice, 't1');
    if (place[1] === 'topics') {
      await showsIcon(notice, '💬');
    }
    const found = await desk.telegram.findThread('t1');
    expect(found?.firstReplyMs).toBeGreaterThanOrEqual(80 * MINUTE_MS);
    expect(found?.lastReplyMs).toBe(found?.firstReplyMs);
    expect(desk.notices('waited too long')).toHaveLength(1);
  });

  it('names the agent who has the thread, and nobody who is answered or closed', async () => {
    await start();
    await desk.open('mine');
    const answered = await desk.open('answered');
    await desk.open('closed');
    await desk.assign('mine', desk.commands.ada.user.id, 'Ada & <Co>');
    await desk.answer(answered, 'answered');
    await desk.telegram.closeThread({ threadId: 'closed' });
    await desk.has('closed', 'closed');
    await desk.travel(HOUR_MS);
    await vi.waitFor(
      async () => expect((await record('mine'))?.overdueSinceMs).toBeDefined(),
      SLOW,
    );
    await desk.travel(10 * MINUTE_MS);
    const reminder = await desk.shows('waited too long');
    expect(reminder.text).toContain('🔥 Ada & <Co>, this customer');
    expect(reminder.entities).toContainEqual(
      expect.objectContaining({
        type: 'text_mention',
        user: expect.objectContaining({ id: desk.commands.ada.user.id }),
      }),
    );
    expect(desk.notices('waited too long')).toHaveLength(1);
  });

  it('waits for another time for further replies, and says how long customers have waited', async () => {
    await start();
    const notice = await desk.open('t1');
    await desk.travel(20 * MINUTE_MS);
    await desk.answer(notice, 't1');
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'And?' });
    await desk.has('t1', 'waiting');
    await desk.travel(30 * MINUTE_MS);
    await vi.waitFor(async () => expect((await record('t1'))?.overdueSinceMs).toBeDefined(), SLOW);
    await desk.answer(notice, 't1', 'Yes');
    const { firstReplyMs, lastReplyMs } = (await desk.telegram.findThread('t1')) ?? {};
    expect(firstReplyMs).toBeGreaterThanOrEqual(20 * MINUTE_MS);
    expect(firstReplyMs).toBeLessThan(25 * MINUTE_MS);
    expect(lastReplyMs).toBeGreaterThanOrEqual(30 * MINUTE_MS);
  });

  it('counts only the time in which it is open', async () => {
    await start({ hours: { ...WEEKDAYS, digest: false } }, '2026-11-27T15:30:00Z');
    const notice = await desk.open('t1');
    await desk.travel(64.25 * HOUR_MS);
    await desk.quiet();
    expect((await record('t1'))?.overdueSinceMs).toBeUndefined();
    await desk.travel(0.75 * HOUR_MS);
    await vi.waitFor(async () => expect((await record('t1'))?.overdueSinceMs).toBeDefined(), SLOW);
    await desk.answer(notice, 't1');
    const { firstReplyMs } = (await desk.telegram.findThread('t1')) ?? {};
    expect(firstReplyMs).toBeGreaterThanOrEqual(HOUR_MS);
    expect(firstReplyMs).toBeLessThan(1.1 * HOUR_MS);
  });

  it('closes what is silent after an answer, with a word before', async () => {
    const closeNotice = 'We close this on {{closesAt}}.';
    await start({
      reminders: { closeAfterMs: 24 * HOUR_MS, closeWarningMs: 6 * HOUR_MS, closeNotice },
    });
    const notice = await desk.open('t1');
    await desk.answer(notice, 't1');
    await desk.travel(18 * HOUR_MS);
    await desk.shows('The customer says nothing any more');
    await vi.waitFor(() => expect(desk.ofType('closing-soon')).toHaveLength(1), SLOW);
    const [event] = desk.events;
    expect(event?.text).toMatch(/^We close this on Tuesday, December 1 at 10:0\d AM UTC\.$/);
    expect(event?.closesAt?.getTime()).toBeGreaterThanOrEqual(Date.parse(MONDAY) + 24 * HOUR_MS);
    await desk.travel(6 * HOUR_MS);
    await desk.has('t1', 'closed');
    await vi.waitFor(() => expect(desk.ofType('closed')).toHaveLength(1), SLOW);
    expect(desk.ofType('closed')[0]).toMatchObject({ threadId: 't1', agent: null });
  });

  it('leaves open what somebody writes to', async () => {
    await start({ reminders: { closeAfterMs: 24 * HOUR_MS, closeWarningMs: 6 * HOUR_MS } });
    const notice = await desk.open('t1');
    await desk.answer(notice, 't1');
    await desk.travel(18 * HOUR_MS);
    await desk.shows('The customer says nothing any more');
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Thanks' });
    await desk.has('t1', 'waiting');
    await desk.answer(notice, 't1', 'Welcome');
    await desk.travel(17 * HOUR_MS);
    await desk.quiet();
    expect((await desk.telegram.findThread('t1'))?.status).toBe('answered');
    expect(desk.notices('The customer says nothing any more')).toHaveLength(1);
  });
});

describe('Two processes of a desk with reminders', () => {
  let desk: HoursDesk;
  afterEach(() => desk.stop());

  it('remind once of each thread', async () => {
    desk = await HoursDesk.start(['Redis', 'topics'], MONDAY, { reminders: REMINDERS });
    const other = await desk.another();
    const record = (threadId: string) => desk.record(threadId);
    const threadIds = ['t1', 't2', 't3', 't4'];
    for (const [index, threadId] of threadIds.entries()) {
      const { telegram } = index % 2 === 0 ? desk : other;
      await telegram.notifyUserMessage({ threadId, text: `Help ${threadId}` });
      await desk.shows(`Help ${threadId}`);
      await desk.has(threadId, 'waiting');
    }
    const areOverdue = async () => {
      const records = await Promise.all(threadIds.map(record));
      expect(records.map((each) => each?.overdueSinceMs)).not.toContain(undefined);
    };
    // Each step is waited for, because the next one is timed from then on.
    const steps: Array<[number, () => unknown]> = [
      [HOUR_MS, areOverdue],
      [10 * MINUTE_MS, () => expect(desk.notices('waited too long')).toHaveLength(4)],
      [10 * MINUTE_MS, () => expect(desk.ofType('overdue')).toHaveLength(4)],
    ];
    for (const [ms, isDone] of steps) {
      await desk.travel(ms);
      await desk.another();
      await vi.waitFor(isDone, SLOW);
      await desk.quiet();
    }
    expect(desk.events.map(({ threadId }) => threadId).toSorted()).toEqual(threadIds);
    expect(desk.notices('waited too long')).toHaveLength(4);
  });
});

describe.each([
  ['back', -HOUR_MS],
  ['forward', HOUR_MS],
])('In memory, a wall clock that is set %s by an hour', (_name, stepMs) => {
  it('leaves a reminder its time', async () => {
    const desk = await HoursDesk.start(['memory', 'topics'], MONDAY, { reminders: REMINDERS });
    await desk.open('t1');
    await desk.has('t1', 'waiting');
    desk.clock.stepWall(stepMs);
    await desk.travel(HOUR_MS - MINUTE_MS);
    await desk.quiet();
    expect((await desk.record('t1'))?.overdueSinceMs).toBeUndefined();
    await desk.travel(MINUTE_MS);
    await vi.waitFor(
      async () => expect((await desk.record('t1'))?.overdueSinceMs).toBeDefined(),
      SLOW,
    );
    await desk.stop();
  });
});

it('announces how long customers have waited, and who waits too long, to what measures', async () => {
  const desk = await HoursDesk.start(['memory', 'replies'], MONDAY, { reminders: REMINDERS });
  const events = desk.commands.desk.app.get(DeskEvents, { strict: false });
  const seen: unknown[] = [];
  events.on('replyTimed', ({ waitMs, ...event }) =>
    seen.push({ ...event, minutes: Math.floor(waitMs / MINUTE_MS) }),
  );
  events.on('threadOverdue', (event) => seen.push(event));
  const notice = await desk.open('t1');
  await desk.travel(HOUR_MS);
  await vi.waitFor(() => expect(seen).toHaveLength(1), SLOW);
  await desk.answer(notice, 't1');
  await desk.answer(notice, 't1', 'Nobody has waited for this');
  await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'And?' });
  await desk.has('t1', 'waiting');
  await desk.travel(5 * MINUTE_MS);
  await desk.answer(notice, 't1', 'Yes');
  // They are announced when the record has changed.
  await vi.waitFor(() => expect(seen).toHaveLength(3), SLOW);
  expect(seen).toEqual([
    { threadId: 't1', desk: 'default' },
    { threadId: 't1', desk: 'default', kind: 'first', minutes: 60 },
    { threadId: 't1', desk: 'default', kind: 'next', minutes: 5 },
  ]);
  await desk.stop();
});
