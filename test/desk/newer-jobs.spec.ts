import { expect, it, onTestFinished, vi } from 'vitest';
import type { OutboundJob } from '../../src/outbound/jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../../src/outbound/jobs/outbound-progress.interface.js';
import { OUTBOUND_QUEUE } from '../../src/outbound/outbound.constants.js';
import type { OrderedQueue } from '../../src/queue/ordered-queue.js';
import { VirtualClock } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';

it('leaves a job that only a newer version knows to its processes for five minutes, while other threads go on', async () => {
  const clock = new VirtualClock();
  const desk = await TestDesk.start({ clock });
  onTestFinished(() => desk.stop());
  const queue = desk.app.get<OrderedQueue<OutboundJob, OutboundProgress>>(OUTBOUND_QUEUE);
  const job: OutboundJob = JSON.parse('{"v":1,"type":"thread.folded","threadId":"t1"}');
  await queue.enqueue('t1', 'newer', job);
  const waits = () => desk.log.with('warn', 'A job of the type thread.folded waits');
  await vi.waitFor(() => expect(waits()).toHaveLength(1), 20_000);
  await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'Hello' });
  await desk.chat.waitForMessage(({ text }) => text?.includes('Hello') === true, 20_000);
  const startedAtMs = clock.now();
  const letters = () => desk.telegram.deadLetters.list();
  await vi.waitFor(
    async () => {
      clock.advance(1_000);
      expect(await letters()).toHaveLength(1);
    },
    { timeout: 60_000, interval: 5 },
  );
  expect(clock.now() - startedAtMs).toBeGreaterThan(290_000);
  expect((await letters())[0]?.reason).toMatch(/newer version.*thread\.folded/);
});
