import { describe, expect, it, vi } from 'vitest';
import type { Job } from '../../src/queue/job.interface.js';
import { UnrecoverableError } from '../../src/queue/unrecoverable.error.js';
import type { OrderedQueue, OrderedQueueOptions } from '../../src/queue/ordered-queue.js';
import { Gate } from '../support/gate.js';
import { describeDroppedKeys } from './dropped-keys.contract.js';
import { JobRecorder } from './job-recorder.js';
import { describeQueueBacklog } from './queue-backlog.contract.js';

/** One implementation of the port, made afresh for each test. */
export interface OrderedQueueDriver {
  create(options: OrderedQueueOptions<string, string>): Promise<OrderedQueue<string, string>>;
}

const QUICK_RETRY = { attempts: 3, delaysMs: [5] };
const ONE_BY_ONE = { retry: QUICK_RETRY, batchSize: 1, concurrency: 10 };
const ALL_AT_ONCE = { retry: QUICK_RETRY, batchSize: 100, concurrency: 10 };

/** Waits until that many items have been given up. */
async function hasDeadLetters(queue: OrderedQueue<string, string>, count: number): Promise<void> {
  await expect.poll(() => queue.deadLetters(), { timeout: 20_000 }).toHaveLength(count);
}

/** What every {@link OrderedQueue} promises. */
export function describeOrderedQueue(driver: OrderedQueueDriver): void {
  describe('order', () => {
    it('processes the jobs of a key in the order in which they were enqueued, never two at once', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      const recorder = new JobRecorder(() => new Promise((resolve) => setImmediate(resolve)));
      queue.process(recorder);
      const payloads = Array.from({ length: 50 }, (_, i) => String(i));
      for (const payload of payloads) await queue.enqueue('a', `id-${payload}`, payload);
      await recorder.sees(50);
      expect(recorder.seen).toEqual(payloads.map((payload) => `a:${payload}`));
      expect(recorder.mostOfOneKey).toBe(1);
      await queue.close(1_000);
    });

    it('processes what was enqueued before it started', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      await queue.enqueue('a', '1', 'one');
      await queue.enqueue('a', '2', 'two');
      const recorder = new JobRecorder();
      queue.process(recorder);
      await recorder.sees(2);
      expect(recorder.seen).toEqual(['a:one', 'a:two']);
      await queue.close(1_000);
    });

    it('works on several keys side by side, up to the concurrency', async () => {
      const queue = await driver.create({ ...ONE_BY_ONE, concurrency: 3 });
      const gate = new Gate();
      const recorder = new JobRecorder(() => gate.pass());
      queue.process(recorder);
      for (const key of ['a', 'b', 'c', 'd', 'e']) await queue.enqueue(key, key, key);
      await recorder.sees(3);
      gate.open();
      await recorder.sees(5);
      expect(recorder.mostAtOnce).toBe(3);
      await queue.close(1_000);
    });

    it('lets a key with many jobs and one with few take turns', async () => {
      const queue = await driver.create({ ...ONE_BY_ONE, concurrency: 1 });
      for (let i = 0; i < 20; i += 1) await queue.enqueue('long', `l${i}`, String(i));
      await queue.enqueue('short', 's', 'only');
      const recorder = new JobRecorder();
      queue.process(recorder);
      await recorder.sees(21);
      expect(recorder.seen.indexOf('short:only')).toBeLessThan(3);
      await queue.close(1_000);
    });
  });

  describeDroppedKeys(driver);

  describeQueueBacklog(driver);

  describe('priority', () => {
    it('works first on the keys whose first job has the highest priority', async () => {
      const priorityOf = ({ payload }: Job<string>): number => Number(payload.charAt(0));
      const queue = await driver.create({ ...ONE_BY_ONE, concurrency: 1, priorityOf });
      for (const payload of ['2a', '1a', '0a', '2b', '1b', '0b']) {
        await queue.enqueue(payload, payload, payload);
      }
      // Within a key the order stays, whatever priority a later job has.
      await queue.enqueue('2a', '0c', '0c');
      const recorder = new JobRecorder();
      queue.process(recorder);
      await recorder.sees(7);
      expect(recorder.seen.map((item) => item.split(':')[1])).toEqual([
        '0a',
        '0b',
        '1a',
        '1b',
        '2a',
        '0c',
        '2b',
      ]);
      await queue.close(1_000);
    });
  });

  describe('batches', () => {
    it('puts all jobs of a key that wait into one batch, up to the batch size', async () => {
      const queue = await driver.create({ ...ALL_AT_ONCE, batchSize: 4 });
      for (let i = 0; i < 10; i += 1) await queue.enqueue('a', `id-${i}`, String(i));
      const recorder = new JobRecorder();
      queue.process(recorder);
      await recorder.sees(10);
      expect(recorder.batchSizes).toEqual([4, 4, 2]);
      await queue.close(1_000);
    });

    it('removes what the processor completed, and processes the others again after a failure', async () => {
      const queue = await driver.create(ALL_AT_ONCE);
      for (const payload of ['one', 'two', 'three']) await queue.enqueue('a', payload, payload);
      let failed = false;
      const recorder = new JobRecorder(async (batch) => {
        if (failed) return;
        failed = true;
        await batch.complete(1);
        throw new Error('two does not work yet');
      });
      queue.process(recorder);
      await recorder.sees(5);
      expect(recorder.seen).toEqual(['a:one', 'a:two', 'a:three', 'a:two', 'a:three']);
      await queue.close(1_000);
    });

    it('keeps the progress that the processor stored with the job that is first now', async () => {
      const queue = await driver.create(ALL_AT_ONCE);
      for (const payload of ['one', 'two']) await queue.enqueue('a', payload, payload);
      const progress: Array<string | undefined> = [];
      const recorder = new JobRecorder(async (batch) => {
        progress.push(batch.jobs[0]?.progress);
        if (progress.length > 1) return;
        await batch.complete(1, 'half done');
        throw new Error('not now');
      });
      queue.process(recorder);
      await recorder.sees(3);
      expect(recorder.seen).toEqual(['a:one', 'a:two', 'a:two']);
      expect(progress).toEqual([undefined, 'half done']);
      await queue.close(1_000);
    });
  });

  describe('identity', () => {
    it('processes an id once, however often it is enqueued', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      const recorder = new JobRecorder();
      const first = await queue.enqueue('a', 'same', 'first');
      const second = await queue.enqueue('a', 'same', 'second');
      queue.process(recorder);
      await first.persisted;
      const third = await queue.enqueue('a', 'same', 'third');
      await queue.enqueue('a', 'other', 'other');
      await recorder.sees(2);
      expect([first, second, third].map(({ isDuplicate }) => isDuplicate)).toEqual([
        false,
        true,
        true,
      ]);
      expect(recorder.seen).toEqual(['a:first', 'a:other']);
      await queue.close(1_000);
    });
  });

  describe('failure', () => {
    it('retries a failed job before the jobs behind it', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      const recorder = new JobRecorder(({ jobs: [item] }) => {
        if (item?.payload === 'one' && item.attempts < 2) throw new Error('not yet');
      });
      queue.process(recorder);
      await queue.enqueue('a', '1', 'one');
      await queue.enqueue('a', '2', 'two');
      await recorder.sees(4);
      expect(recorder.seen).toEqual(['a:one', 'a:one', 'a:one', 'a:two']);
      expect(await queue.deadLetters()).toEqual([]);
      await queue.close(1_000);
    });

    it('lets no job that is enqueued meanwhile overtake one that waits for a retry', async () => {
      const queue = await driver.create({ ...ONE_BY_ONE, retry: { attempts: 3, delaysMs: [30] } });
      const recorder = new JobRecorder(({ jobs: [item] }) => {
        if (item?.payload === 'one' && item.attempts < 1) throw new Error('not yet');
      });
      queue.process(recorder);
      await queue.enqueue('a', '1', 'one');
      await recorder.sees(1);
      await queue.enqueue('a', '2', 'two');
      await recorder.sees(3);
      expect(recorder.seen).toEqual(['a:one', 'a:one', 'a:two']);
      await queue.close(1_000);
    });

    it('makes a job a dead letter after the last attempt, notifies the processor, and goes on with the key', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      const recorder = new JobRecorder(({ jobs: [item] }) => {
        if (item?.payload === 'poison') throw new Error('bad blood');
      });
      queue.process(recorder);
      const poison = await queue.enqueue('a', '1', 'poison');
      await queue.enqueue('a', '2', 'two');
      await recorder.sees(4);
      await poison.persisted;
      expect(recorder.seen).toEqual(['a:poison', 'a:poison', 'a:poison', 'a:two']);
      expect(recorder.failedJobs).toMatchObject([
        { key: 'a', job: { id: '1', payload: 'poison', attempts: 3 } },
      ]);
      expect(await queue.deadLetters()).toMatchObject([
        { key: 'a', job: { id: '1', payload: 'poison' }, reason: 'bad blood' },
      ]);
      await queue.close(1_000);
    });

    it('lists dead letters in pages, also behind a letter that is gone', async () => {
      const queue = await driver.create({ ...ONE_BY_ONE, retry: { attempts: 1, delaysMs: [1] } });
      queue.process(
        new JobRecorder(() => {
          throw new Error('ill');
        }),
      );
      for (let i = 0; i < 7; i += 1) await queue.enqueue('a', `id-${i}`, 'x');
      await hasDeadLetters(queue, 7);
      expect(await queue.countDeadLetters()).toBe(7);
      const all = await queue.deadLetters();
      const pages: string[][] = [];
      let page = await queue.deadLetters({ limit: 3 });
      while (page.length > 0) {
        pages.push(page.map(({ job: item }) => item.id));
        const last = page.at(-1);
        const after = last && { failedAtMs: last.failedAtMs, id: last.job.id };
        await queue.discardDeadLetter(after?.id ?? '');
        page = await queue.deadLetters({ limit: 3, after });
      }
      expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
      expect(pages.flat()).toEqual(all.map(({ job: item }) => item.id));
      expect(await queue.countDeadLetters()).toBe(4);
      await queue.close(1_000);
    });

    it('makes a job a dead letter at once when no attempt can help', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      const recorder = new JobRecorder(() => {
        throw new UnrecoverableError('never');
      });
      queue.process(recorder);
      await queue.enqueue('a', '1', 'one');
      await hasDeadLetters(queue, 1);
      expect(recorder.seen).toEqual(['a:one']);
      expect(await queue.deadLetters()).toMatchObject([{ reason: 'never' }]);
      await queue.close(1_000);
    });

    it('holds back no other key', async () => {
      const queue = await driver.create({
        ...ONE_BY_ONE,
        retry: { attempts: 5, delaysMs: [60_000] },
        concurrency: 2,
      });
      const recorder = new JobRecorder(({ key }) => {
        if (key.startsWith('bad')) throw new Error('not yet');
      });
      queue.process(recorder);
      for (const key of ['bad1', 'bad2', 'bad3']) await queue.enqueue(key, key, 'x');
      for (let i = 0; i < 20; i += 1) await queue.enqueue('good', `g${i}`, String(i));
      await recorder.sees(23);
      expect(recorder.seen.filter((item) => item.startsWith('good'))).toHaveLength(20);
      await queue.close(0);
    });

    it('counts the attempts of each job by itself', async () => {
      const queue = await driver.create(ALL_AT_ONCE);
      const tried: string[] = [];
      const recorder = new JobRecorder(async (batch) => {
        for (const { payload, attempts } of batch.jobs) {
          tried.push(`${payload}, failed ${attempts}`);
          if (payload !== 'good' && attempts < 2) throw new Error('not yet');
          await batch.complete(1);
        }
      });
      for (const payload of ['bad1', 'good', 'bad2']) await queue.enqueue('a', payload, payload);
      queue.process(recorder);
      await vi.waitFor(() => expect(tried.at(-1)).toBe('bad2, failed 2'), { timeout: 20_000 });
      const failures = ['failed 0', 'failed 1', 'failed 2'];
      expect(tried).toEqual([
        ...failures.map((failed) => `bad1, ${failed}`),
        'good, failed 0',
        ...failures.map((failed) => `bad2, ${failed}`),
      ]);
      expect(await queue.deadLetters()).toEqual([]);
      await queue.close(1_000);
    });
  });

  describe('dead letters', () => {
    it('can be retried: the job is processed again, with all its attempts', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      let broken = true;
      const recorder = new JobRecorder(() => {
        if (broken) throw new Error('broken');
      });
      queue.process(recorder);
      await queue.enqueue('a', '1', 'one');
      await hasDeadLetters(queue, 1);
      broken = false;
      expect(await queue.retryDeadLetter('1')).toBe(true);
      await recorder.sees(4);
      expect(await queue.deadLetters()).toEqual([]);
      expect(await queue.retryDeadLetter('1')).toBe(false);
      await queue.close(1_000);
    });

    it('can be discarded', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      queue.process(
        new JobRecorder(() => {
          throw new UnrecoverableError('never');
        }),
      );
      await queue.enqueue('a', '1', 'one');
      await hasDeadLetters(queue, 1);
      expect(await queue.discardDeadLetter('1')).toBe(true);
      expect(await queue.deadLetters()).toEqual([]);
      expect(await queue.discardDeadLetter('1')).toBe(false);
      await queue.close(1_000);
    });
  });

  describe('pauses', () => {
    it('pauses one key while the others go on, and counts no attempt', async () => {
      const queue = await driver.create({ ...ONE_BY_ONE, concurrency: 1 });
      let isReady = false;
      const recorder = new JobRecorder(({ key }) =>
        key === 'waits' && !isReady ? { pauseMs: 50, keyOnly: true } : undefined,
      );
      queue.process(recorder);
      await queue.enqueue('waits', 'w1', 'first');
      await queue.enqueue('waits', 'w2', 'second');
      await recorder.sees(1);
      await queue.enqueue('other', 'o', 'only');
      await vi.waitFor(() => expect(recorder.seen).toContain('other:only'), { timeout: 20_000 });
      // More often than an item is tried in all.
      await vi.waitFor(
        () => {
          const tries = recorder.seen.filter((item) => item === 'waits:first').length;
          expect(tries).toBeGreaterThan(QUICK_RETRY.attempts);
        },
        { timeout: 20_000 },
      );
      expect(recorder.seen).not.toContain('waits:second');
      isReady = true;
      await vi.waitFor(() => expect(recorder.seen).toContain('waits:second'), { timeout: 20_000 });
      expect(await queue.deadLetters()).toEqual([]);
      await queue.close(1_000);
    });

    it('starts nothing while it pauses, and counts no attempt', async () => {
      const queue = await driver.create({ ...ONE_BY_ONE, concurrency: 1 });
      let rested = false;
      const attempts: number[] = [];
      const recorder = new JobRecorder(({ jobs: [item] }) => {
        attempts.push(item?.attempts ?? -1);
        if (rested) return;
        rested = true;
        return { pauseMs: 30 };
      });
      await queue.enqueue('a', '1', 'one');
      await queue.enqueue('b', '2', 'two');
      const startedAtMs = performance.now();
      queue.process(recorder);
      await recorder.sees(3);
      expect(performance.now() - startedAtMs).toBeGreaterThan(25);
      expect(recorder.seen).toEqual(['a:one', 'a:one', 'b:two']);
      expect(attempts).toEqual([0, 0, 0]);
      await queue.close(1_000);
    });

    it('goes on with the other keys when a processor returns early', async () => {
      const queue = await driver.create({ ...ALL_AT_ONCE, concurrency: 1 });
      for (const payload of ['one', 'two']) await queue.enqueue('a', payload, payload);
      await queue.enqueue('b', 'three', 'three');
      const recorder = new JobRecorder(async (batch) => {
        await batch.complete(1);
        return { pauseMs: 0 };
      });
      queue.process(recorder);
      await recorder.sees(4);
      expect(recorder.seen).toEqual(['a:one', 'a:two', 'b:three', 'a:two']);
      await queue.close(1_000);
    });

    it('starts nothing while it is paused, and accepts jobs all the same', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      const recorder = new JobRecorder();
      queue.process(recorder);
      queue.pause();
      await queue.enqueue('a', '1', 'one');
      await new Promise((resolve) => setImmediate(resolve));
      expect(recorder.seen).toEqual([]);
      queue.resume();
      await recorder.sees(1);
      await queue.close(1_000);
    });
  });

  it('starts no further job of a key that is being worked on when it is paused', async () => {
    const queue = await driver.create({ ...ONE_BY_ONE, concurrency: 10 });
    const gate = new Gate();
    const recorder = new JobRecorder(() => gate.pass());
    queue.process(recorder);
    for (const payload of ['one', 'two']) await queue.enqueue('a', payload, payload);
    await gate.reached;
    queue.pause();
    gate.open();
    // What was started is finished, and a job of another key enqueued, before the queue goes on.
    await queue.enqueue('b', 'three', 'three');
    await vi.waitFor(() => expect(recorder.atWork).toBe(0), 20_000);
    await queue.enqueue('b', 'four', 'four');
    expect(recorder.seen).toEqual(['a:one']);
    queue.resume();
    await recorder.sees(4);
    expect(recorder.seen.filter((item) => item.startsWith('a'))).toEqual(['a:one', 'a:two']);
    await queue.close(1_000);
  });

  describe('closing', () => {
    it('waits for the jobs that are under way', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      const gate = new Gate();
      let finished = false;
      const recorder = new JobRecorder(async () => {
        await gate.pass();
        finished = true;
      });
      queue.process(recorder);
      const { persisted: safe } = await queue.enqueue('a', '1', 'one');
      await recorder.sees(1);
      const closed = queue.close(10_000);
      gate.open();
      await closed;
      expect(finished).toBe(true);
      await safe;
    });

    it('waits for a job no longer than the grace', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      const recorder = new JobRecorder(() => new Gate().pass());
      queue.process(recorder);
      await queue.enqueue('a', '1', 'one');
      await recorder.sees(1);
      expect(await queue.close(20)).toEqual(['a']);
    });

    it('accepts nothing more', async () => {
      const queue = await driver.create(ONE_BY_ONE);
      queue.process(new JobRecorder());
      await queue.close(1_000);
      await expect(queue.enqueue('a', '1', 'one')).rejects.toThrow('shutting down');
    });

    it('names the keys that still have jobs', async () => {
      const queue = await driver.create({
        ...ONE_BY_ONE,
        retry: { attempts: 2, delaysMs: [60_000] },
      });
      const recorder = new JobRecorder(({ key }) => {
        if (key === 'bad') throw new Error('not yet');
      });
      queue.process(recorder);
      await queue.enqueue('bad', '1', 'one');
      await queue.enqueue('good', '2', 'two');
      await recorder.sees(2);
      expect(await queue.close(20_000)).toEqual(['bad']);
    });
  });
}
