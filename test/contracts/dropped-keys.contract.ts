import { describe, expect, it, vi } from 'vitest';
import { Gate } from '../support/gate.js';
import { JobRecorder } from './job-recorder.js';
import type { OrderedQueueDriver } from './ordered-queue.contract.js';

const ONE_BY_ONE = { retry: { attempts: 3, delaysMs: [5] }, batchSize: 1, concurrency: 10 };

/** What every `OrderedQueue` promises of keys whose jobs are dropped. */
export function describeDroppedKeys(driver: OrderedQueueDriver): void {
  describe('a key that is dropped', () => {
    it('loses its jobs, the one that is worked on included, and goes on with new ones', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      const gate = new Gate();
      const recorder = new JobRecorder(async ({ jobs }) => {
        if (jobs[0]?.payload !== 'one') return;
        await gate.pass();
        throw new Error('late');
      });
      queue.process(recorder);
      const { persisted } = await queue.enqueue('a', '1', 'one');
      await recorder.sees(1);
      await queue.enqueue('a', '2', 'two');
      await queue.enqueue('b', '3', 'three');
      const dropped = await queue.drop('a');
      expect(dropped.map(({ payload }) => payload)).toEqual(['one', 'two']);
      await persisted;
      await queue.enqueue('a', '4', 'four');
      gate.open();
      await recorder.sees(3);
      expect(recorder.seen.toSorted()).toEqual(['a:four', 'a:one', 'b:three']);
      expect(await queue.deadLetters()).toEqual([]);
      await queue.close(1_000);
    });

    it('does not wait for the retry of a job that it has lost', async () => {
      const queue = await driver.create({
        ...ONE_BY_ONE,
        retry: { attempts: 3, delaysMs: [600_000] },
      });
      const recorder = new JobRecorder(({ jobs }) => {
        if (jobs[0]?.payload === 'one') throw new Error('wait');
      });
      queue.process(recorder);
      await queue.enqueue('a', '1', 'one');
      await recorder.sees(1);
      await vi.waitFor(async () => expect((await queue.peek('a', 1))[0]?.attempts).toBe(1), 20_000);
      await queue.drop('a');
      await queue.enqueue('a', '2', 'two');
      await vi.waitFor(
        async () => {
          await queue.drop('none');
          expect(recorder.seen).toEqual(['a:one', 'a:two']);
        },
        { timeout: 20_000 },
      );
      await queue.close(1_000);
    });
  });
}
