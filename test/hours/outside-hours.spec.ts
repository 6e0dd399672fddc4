import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../../src/testing/index.js';
import { COMMAND_DESKS } from '../agents/command-desk.js';
import { HOUR_MS, HoursDesk, WEEKDAYS } from './hours-desk.js';

const AUTO_REPLY = 'We are back on {{opensAt}}.';

describe.each(COMMAND_DESKS)('In %s, in the layout %s, a desk with hours', (...place) => {
  let hours: HoursDesk;
  const start = async (now: string, options = {}): Promise<void> => {
    hours = await HoursDesk.start(place, now, {
      hours: { ...WEEKDAYS, autoReply: AUTO_REPLY },
      ...options,
    });
  };
  afterEach(() => hours.stop());

  const write = (threadId: string, text: string, messageId?: string) =>
    hours.telegram.notifyUserMessage({ threadId, text, messageId });

  it('tells the app of the first message of a thread each day while it is closed', async () => {
    await start('2026-11-28T10:00:00Z');
    await write('t1', 'one', 'm1');
    await write('t1', 'one', 'm1');
    await write('t1', 'two');
    await write('t2', 'three');
    await hours.shows('three');
    await vi.waitFor(() => expect(hours.events).toHaveLength(2), 20_000);
    const events = hours.ofType('outside-hours');
    // Those of several threads come in any order.
    expect(events.map(({ threadId }) => threadId).toSorted()).toEqual(['t1', 't2']);
    expect(events.find(({ threadId }) => threadId === 't1')).toMatchObject({
      id: 'outside-hours:2026-11-28:t1',
      threadId: 't1',
      desk: 'default',
      agent: null,
      text: 'We are back on Monday, November 30 at 08:00 AM UTC.',
      opensAt: new Date('2026-11-30T08:00:00Z'),
    });
    await hours.travel(24 * HOUR_MS);
    await write('t1', 'four');
    await vi.waitFor(() => expect(hours.events).toHaveLength(3), 20_000);
    expect(hours.events.at(-1)?.threadId).toBe('t1');
    expect(hours.notices('We are back')).toEqual([]);
  });

  it('says nothing while it is open', async () => {
    await start('2026-11-30T10:00:00Z');
    await write('t1', 'one');
    await hours.shows('one');
    await hours.travel(6 * HOUR_MS);
    await write('t2', 'two');
    await vi.waitFor(() => expect(hours.events).toHaveLength(1), 20_000);
    expect(hours.events[0]?.threadId).toBe('t2');
  });

  it('lists at the opening who waits, and nobody who has been answered', async () => {
    await start('2026-11-28T10:00:00Z');
    const notices: Message[] = [];
    for (const threadId of ['t1', 't2', 't3']) {
      notices.push(await hours.open(threadId));
    }
    const [, second] = notices;
    if (second) await hours.answer(second, 't2');
    await hours.travel(46 * HOUR_MS);
    const digest = await hours.shows('Conversations that wait: 2');
    expect(digest.text).toMatch(
      /^☀️ The desk is open\. Conversations that wait: 2\n• .*t1.*\n• .*t3/,
    );
    expect(digest.message_thread_id).toBeUndefined();
    const links = (digest.entities ?? []).flatMap((each) =>
      each.type === 'text_link' ? [each.url] : [],
    );
    const chat = String(hours.chat.id).slice(4);
    expect(links.filter((url) => url.startsWith(`https://t.me/c/${chat}/`))).toHaveLength(2);
    // The next one is waited for.
    await hours.travel(24 * HOUR_MS);
    await vi.waitFor(
      () => expect(hours.notices('Conversations that wait')).toHaveLength(2),
      20_000,
    );
  });

  it('posts nothing at the opening when nobody waits', async () => {
    await start('2026-11-29T20:00:00Z');
    await hours.travel(12 * HOUR_MS);
    await hours.travel(24 * HOUR_MS);
    await write('t1', 'behind');
    await hours.shows('behind');
    expect(hours.notices('Conversations that wait')).toEqual([]);
  });
});

describe('Two processes of a desk with hours', () => {
  let hours: HoursDesk;
  afterEach(() => hours.stop());

  it('tell the app once of what a customer writes, and post one digest', async () => {
    hours = await HoursDesk.start(['Redis', 'topics'], '2026-11-28T10:00:00Z', {
      hours: { ...WEEKDAYS, autoReply: AUTO_REPLY },
    });
    const other = await hours.another();
    const message = { threadId: 't1', text: 'Hello', messageId: 'm1' };
    await Promise.all([
      hours.telegram.notifyUserMessage(message),
      other.telegram.notifyUserMessage(message),
      other.telegram.notifyUserMessage({ ...message, messageId: 'm2' }),
    ]);
    await hours.shows('Hello');
    await hours.travel(46 * HOUR_MS);
    await hours.shows('Conversations that wait: 1');
    await hours.travel(24 * HOUR_MS);
    await vi.waitFor(
      () => expect(hours.notices('Conversations that wait')).toHaveLength(2),
      20_000,
    );
    expect(hours.events).toHaveLength(1);
  });
});
