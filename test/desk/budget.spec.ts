import { afterEach, describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';

const WINDOW_MS = 60_000;

describe('The budget of the admin chat', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  /** Moves the time on whenever the desk waits for it, until the condition holds. */
  async function advanceUntil(clock: VirtualClock, done: () => boolean): Promise<void> {
    const step = () => {
      if (!done()) clock.advanceToNext();
      expect(done()).toBe(true);
    };
    await vi.waitFor(step, { timeout: 20_000, interval: 5 });
  }

  it('is never exceeded: a flood of threads provokes no 429, and every notice arrives', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({ clock, webhook: false });
    for (let i = 0; i < 70; i += 1) {
      await desk.telegram.notifyNewThread({ threadId: `t${i}`, text: `question ${i}.` });
    }
    await vi.waitFor(() => expect(desk.chat.messages).toHaveLength(20));
    await advanceUntil(clock, () => desk.chat.messages.length === 70);
    const calls = desk.emulator.callsOf('sendMessage');
    expect(calls.filter(({ status }) => status === 429)).toEqual([]);
    expect(calls).toHaveLength(70);
    expect(desk.notices.map((text) => text.match(/question (\d+)\./)?.[1])).toEqual(
      Array.from({ length: 70 }, (_, i) => String(i)),
    );
    // Three windows hold 60, so the last ten go out as soon as the third has passed.
    expect((calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0)).toBe(3 * WINDOW_MS);
  });

  it('is saved by posting together what waits of a thread', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({
      clock,
      webhook: false,
      options: { budget: { messages: 1, windowMs: WINDOW_MS } },
    });
    const customer = { name: 'Alice' };
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'first', customer });
    await vi.waitFor(() => expect(desk.chat.messages).toHaveLength(1));
    for (let i = 0; i < 50; i += 1) {
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: `line ${i}`, customer });
    }
    await advanceUntil(clock, () => desk.chat.messages.length === 2);
    const lines = Array.from({ length: 50 }, (_, i) => `line ${i}`);
    expect(desk.notices[1]).toBe(`💬 Alice\n${lines.join('\n\n')}`);
  });

  it('posts together only what fits in one message', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({
      clock,
      webhook: false,
      options: { budget: { messages: 1, windowMs: WINDOW_MS } },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'first' });
    await vi.waitFor(() => expect(desk.chat.messages).toHaveLength(1));
    // With its name and the space between them, the second would end at 4,001 characters.
    for (const length of [2_000, 1_987]) {
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'x'.repeat(length) });
    }
    await advanceUntil(clock, () => desk.chat.messages.length === 3);
    expect(desk.notices.map(({ length }) => length)).toEqual([17, 2_012, 1_999]);
    expect(desk.emulator.callsOf('sendMessage').every(({ status }) => status === 200)).toBe(true);
  });

  it('names each customer of a thread in which several write', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({
      clock,
      webhook: false,
      options: { budget: { messages: 1, windowMs: WINDOW_MS } },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't0', text: 'first' });
    await vi.waitFor(() => expect(desk.chat.messages).toHaveLength(1));
    for (const name of ['Alice', 'Alice', 'Bob']) {
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'x', customer: { name } });
    }
    await advanceUntil(clock, () => desk.chat.messages.length === 2);
    expect(desk.notices[1]).toBe('💬 Alice\nx\n\nx\n\n💬 Bob\nx');
  });

  it('counts the messages that the app sends directly', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({
      clock,
      webhook: false,
      options: { budget: { messages: 2, windowMs: WINDOW_MS } },
    });
    await desk.telegram.sendMessage('one');
    await desk.telegram.sendMessage('two');
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'three' });
    await vi.waitFor(() => expect(clock.pending).toBeGreaterThan(0));
    expect(desk.chat.messages).toHaveLength(2);
    clock.advance(WINDOW_MS);
    await desk.chat.waitForMessage(({ text }) => text?.includes('three') === true);
  });

  it('brings a text of 1 MB, in order and whole, and delays no other thread by it', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({ clock, webhook: false });
    const lines = Array.from({ length: 40_000 }, (_, i) => `${i} lorem ipsum dolor`);
    const text = lines.join('\n').slice(0, 1_000_000);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text });
    await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'short' });
    const isLastPart = (notice: string) => /\((\d+)\/\1\)/.test(notice);
    await advanceUntil(clock, () => desk.notices.some((notice) => isLastPart(notice)));
    expect(desk.notices[1]).toBe('💬 Customer\nshort');
    const parts = desk.notices.toSpliced(1, 1);
    const bodies = parts.map((notice) => notice.slice(notice.indexOf('\n') + 1));
    expect(bodies.join('\n').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    expect(desk.emulator.callsOf('sendMessage').every(({ status }) => status === 200)).toBe(true);
  });

  it('stands still for as long as Telegram says, to the second', async () => {
    const clock = new VirtualClock();
    desk = await TestDesk.start({ clock, webhook: false });
    desk.emulator.failNext('sendMessage', {
      kind: 'error',
      errorCode: 429,
      description: 'Too Many Requests: retry after 17',
      parameters: { retry_after: 17 },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'two' });
    await vi.waitFor(() => expect(clock.pending).toBe(1));
    clock.advance(16_999);
    expect(desk.emulator.callsOf('sendMessage')).toHaveLength(1);
    clock.advance(1);
    await desk.chat.waitForMessage(({ text }) => text?.includes('two') === true);
    expect(desk.notices).toEqual(['💬 Customer\none', '💬 Customer\ntwo']);
    expect(desk.log.with('error', 'pause of 17000 ms')).toHaveLength(1);
  });
});
