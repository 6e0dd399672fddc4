import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it, vi } from 'vitest';
import type { JobTracing, TraceContext } from '../../src/queue/job-tracing.interface.js';
import { UnrecoverableError } from '../../src/queue/unrecoverable.error.js';
import { JobRecorder } from './job-recorder.js';
import type { OrderedQueueDriver } from './ordered-queue.contract.js';

const ONE_BY_ONE = { retry: { attempts: 3, delaysMs: [5] }, batchSize: 1, concurrency: 10 };

/** What every `OrderedQueue` promises of what is seen of it from outside: how much waits, and to which trace it belongs. */
export function describeQueueBacklog(driver: OrderedQueueDriver): void {
  describe('the backlog', () => {
    it('counts the jobs of all keys that are missed, and says how old the oldest is', async () => {
      const isMissed = (key: string): boolean => !key.startsWith('card:');
      const queue = await driver.create({ ...ONE_BY_ONE, isMissed });
      expect(await queue.backlog()).toEqual({ jobs: 0, oldestMs: 0 });
      const before = Date.now();
      await queue.enqueue('a', '0', 'first');
      await vi.waitFor(() => expect(Date.now() - before).toBeGreaterThan(60), 20_000);
      for (let i = 1; i <= 250; i += 1) await queue.enqueue(`k${i % 150}`, String(i), 'later');
      await queue.enqueue('card:a', 'card', 'card');
      const { jobs, oldestMs = 0 } = await queue.backlog();
      expect(jobs).toBe(251);
      expect(oldestMs).toBeGreaterThan(50);
      expect(oldestMs).toBeLessThanOrEqual(Date.now() - before);
      const recorder = new JobRecorder();
      queue.process(recorder);
      await recorder.sees(252);
      await vi.waitFor(
        async () => expect(await queue.backlog()).toEqual({ jobs: 0, oldestMs: 0 }),
        20_000,
      );
      await queue.close(1_000);
    });

    it('says how old the oldest job is, whatever characters jobs have', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      const before = Date.now();
      await queue.enqueue('half', '1', 'x😀'.slice(0, -1));
      await vi.waitFor(() => expect(Date.now() - before).toBeGreaterThan(60), 20_000);
      const others = [
        '😀'.slice(1),
        '\\ud83d',
        '\\\\ud83d',
        '\ufffe\0\u2028"}',
        '{"enqueuedAtMs":1}',
      ];
      for (const text of others) await queue.enqueue(`other ${text}`, text, text);
      const { jobs, oldestMs = 0 } = await queue.backlog();
      expect(jobs).toBe(6);
      expect(oldestMs).toBeGreaterThan(50);
      expect(oldestMs).toBeLessThanOrEqual(Date.now() - before);
      await queue.close(1_000);
    });

    it('does not count the time for which a job waits on purpose', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      const recorder = new JobRecorder(({ key }) => ({
        pauseMs: 600_000,
        keyOnly: true,
        isPlanned: key === 'held',
      }));
      queue.process(recorder);
      const before = Date.now();
      await queue.enqueue('held', '1', 'one');
      await recorder.sees(1);
      await vi.waitFor(async () => {
        expect(Date.now() - before).toBeGreaterThan(60);
        expect(await queue.backlog()).toEqual({ jobs: 1, oldestMs: 0 });
      }, 20_000);
      await queue.enqueue('late', '2', 'two');
      await recorder.sees(2);
      await vi.waitFor(async () => {
        const { jobs, oldestMs } = await queue.backlog();
        expect(jobs).toBe(2);
        expect(oldestMs).toBeGreaterThan(20);
      }, 20_000);
      await queue.close(1_000);
    });

    it('keeps the age of a job that comes from another queue', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      await queue.enqueue('a', '1', 'one', Date.now() - 60_000);
      await queue.enqueue('b', '2', 'two');
      const { jobs, oldestMs } = await queue.backlog();
      expect(jobs).toBe(2);
      expect(oldestMs).toBeGreaterThanOrEqual(60_000);
      await queue.close(1_000);
    });

    it('takes a dead letter that is put back for a job that was enqueued then', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      const recorder = new JobRecorder(({ jobs: [job] }) => {
        if (!job?.retries) throw new UnrecoverableError('no');
        return { pauseMs: 600_000, keyOnly: true };
      });
      queue.process(recorder);
      await queue.enqueue('a', '1', 'one');
      await vi.waitFor(async () => expect(await queue.countDeadLetters()).toBe(1), 20_000);
      const [letter] = await queue.deadLetters();
      const enqueuedAtMs = letter?.job.enqueuedAtMs ?? NaN;
      await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(enqueuedAtMs + 20), 20_000);
      await queue.retryDeadLetter('1');
      const [job] = await queue.peek('a', 1);
      expect(job?.enqueuedAtMs).toBeGreaterThan(enqueuedAtMs + 20);
      await queue.close(1_000);
    });
  });

  describe('the trace of a job', () => {
    it('is that of whoever enqueued it, also after it has failed, and none when there was none', async () => {
      const active = new AsyncLocalStorage<TraceContext | undefined>();
      const tracing: JobTracing = {
        capture: () => active.getStore(),
        run: (trace, work) => active.run(trace, work),
      };
      const queue = await driver.create({ ...ONE_BY_ONE, tracing });
      const seen: string[] = [];
      const recorder = new JobRecorder(({ jobs: [job] }) => {
        seen.push(`${job?.payload} ${active.getStore()?.traceparent ?? 'none'}`);
        if (job?.attempts === 0) throw new Error('again');
      });
      const trace = { traceparent: '00-1-2-01', tracestate: 'a=b' };
      await active.run({ traceparent: '00-9-9-01' }, async () => queue.process(recorder));
      await active.run(trace, () => queue.enqueue('a', '1', 'one'));
      await queue.enqueue('b', '2', 'two');
      await recorder.sees(4);
      expect(seen.toSorted()).toEqual(['one 00-1-2-01', 'one 00-1-2-01', 'two none', 'two none']);
      await queue.close(1_000);
    });
  });
}
