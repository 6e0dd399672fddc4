import { afterEach, describe, expect, it, vi } from 'vitest';
import { SystemClock, VirtualClock } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';

const HOUR_MS = 3_600_000;

describe.each([
  ['back', -HOUR_MS],
  ['forward', HOUR_MS],
])('In memory, a wall clock that is set %s by an hour', (_name, stepMs) => {
  let clock: VirtualClock;
  let desk: TestDesk;

  const start = async (): Promise<void> => {
    clock = new VirtualClock();
    desk = await TestDesk.start({
      clock,
      options: { rateLimit: { messages: 1, windowMs: 60_000 } },
      emulator: { clock: new SystemClock(), limits: { group: false } },
    });
  };
  afterEach(() => desk.stop());

  /** Waits until the desk waits for its clock: nothing else goes on then. */
  const untilItWaits = () => vi.waitFor(() => expect(clock.pending).toBeGreaterThan(0), 20_000);
  const texts = () => desk.notices.map((text) => text.split('\n').at(-1));

  it('leaves the budget its window', async () => {
    await start();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await desk.chat.waitForMessage(() => true);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'two' });
    await untilItWaits();
    clock.stepWall(stepMs);
    clock.advance(59_000);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'three' });
    await untilItWaits();
    expect(texts()).toEqual(['one']);
    clock.advance(1_000);
    await vi.waitFor(() => expect(texts()).toEqual(['one', 'three']), 20_000);
  });

  it('leaves the pause that Telegram wants its length', async () => {
    await start();
    desk.emulator.failNext('sendMessage', { kind: 'flood', retryAfterSeconds: 30 });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await untilItWaits();
    clock.stepWall(stepMs);
    expect(await desk.telegram.sendMessage('at once')).toBeNull();
    // The refused call counts in the budget, too.
    clock.advance(30_000);
    await untilItWaits();
    clock.advance(30_000);
    await vi.waitFor(() => expect(texts()).toEqual(['one']), 20_000);
    expect(await desk.telegram.sendMessage('at once')).not.toBeNull();
  });

  it('has a failed reply tried again when it is due, and known for as long as is promised', async () => {
    await start();
    await desk.telegram.notifyUserMessage({ threadId: 't1', messageId: 'm1', text: 'one' });
    const notice = await desk.chat.waitForMessage(() => true);
    let calls = 0;
    desk.replies.before = () => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve();
    };
    desk.chat.agent('Ada').reply(notice, 'Hello');
    await vi.waitFor(() => expect(desk.log.with('error', 'attempt 1')).toHaveLength(1), 20_000);
    await untilItWaits();
    clock.stepWall(stepMs);
    clock.advance(1_000);
    await vi.waitFor(() => expect(desk.replies.replies).toMatchObject([{ text: 'Hello' }]), 20_000);
    clock.advance(HOUR_MS);
    await desk.telegram.notifyUserMessage({ threadId: 't1', messageId: 'm1', text: 'one' });
    await desk.telegram.notifyUserMessage({ threadId: 't1', messageId: 'm2', text: 'two' });
    await vi.waitFor(() => expect(texts()).toEqual(['one', 'two']), 20_000);
  });
});
