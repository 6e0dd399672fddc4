import { describe, expect, it, vi } from 'vitest';
import { SystemClock } from '../../src/common/system-clock.js';
import { QueueClosedError } from '../../src/queue/queue-closed.error.js';
import { MemoryJobStore } from '../../src/storage/memory/memory-job-store.js';
import { MemoryOrderedQueue } from '../../src/storage/memory/memory-ordered-queue.js';
import { VirtualClock } from '../../src/testing/index.js';
import { describeJobStoreBacklog } from '../contracts/job-store-backlog.contract.js';
import { describeOrderedQueue } from '../contracts/ordered-queue.contract.js';
import { JobRecorder } from '../contracts/job-recorder.js';
import { Gate, macrotask } from '../support/gate.js';

describe('MemoryOrderedQueue', () => {
  describeOrderedQueue({
    create: (options) =>
      Promise.resolve(new MemoryOrderedQueue<string, string>(new SystemClock(), options)),
  });

  describeJobStoreBacklog(() => new MemoryJobStore(new SystemClock()));

  const retry = { attempts: 5, delaysMs: [1_000, 5_000, 30_000, 120_000] };

  it('waits between attempts as the policy says, to the millisecond', async () => {
    const clock = new VirtualClock(0);
    const queue = new MemoryOrderedQueue<string, string>(clock, {
      retry,
      batchSize: 1,
      concurrency: 1,
    });
    const attemptedAtMs: number[] = [];
    const recorder = new JobRecorder(() => {
      attemptedAtMs.push(clock.now());
      throw new Error('never');
    });
    queue.process(recorder);
    const { persisted: safe } = await queue.enqueue('a', '1', 'one');
    for (const [i, delayMs] of retry.delaysMs.entries()) {
      await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
      clock.advance(delayMs - 1);
      expect(attemptedAtMs).toHaveLength(i + 1);
      clock.advance(1);
    }
    await safe;
    expect(attemptedAtMs).toEqual([0, 1_000, 6_000, 36_000, 156_000]);
  });

  it('remembers an id for 24 hours after it was enqueued, and not for ever', async () => {
    const clock = new VirtualClock(0);
    const queue = new MemoryOrderedQueue<string, string>(clock, {
      retry,
      batchSize: 1,
      concurrency: 1,
    });
    queue.process(new JobRecorder());
    await (
      await queue.enqueue('a', '1', 'one')
    ).persisted;
    clock.advance(24 * 3_600_000 - 1);
    expect(await queue.enqueue('a', '1', 'one')).toMatchObject({ isDuplicate: true });
    clock.advance(24 * 3_600_000 + 1);
    expect(await queue.enqueue('a', '1', 'one')).toMatchObject({ isDuplicate: false });
  });

  it('keeps a dead letter for 7 days and more', async () => {
    const clock = new VirtualClock(0);
    const options = { retry: { attempts: 1, delaysMs: [] }, batchSize: 1, concurrency: 1 };
    const queue = new MemoryOrderedQueue<string, string>(clock, options);
    queue.process(
      new JobRecorder(() => {
        throw new Error('never');
      }),
    );
    await (
      await queue.enqueue('a', '1', 'one')
    ).persisted;
    clock.advance(7 * 24 * 3_600_000);
    expect(await queue.deadLetters()).toHaveLength(1);
  });

  it('is safe only when the item was handled, and not when it closed before', async () => {
    const clock = new VirtualClock(0);
    const queue = new MemoryOrderedQueue<string, string>(clock, {
      retry,
      batchSize: 1,
      concurrency: 1,
    });
    const { persisted: safe } = await queue.enqueue('a', '1', 'one');
    expect(await queue.close(1_000)).toEqual(['a']);
    await expect(safe).rejects.toBeInstanceOf(QueueClosedError);
  });

  it('loses nothing at the end that was done while the process did not run', async () => {
    const clock = new VirtualClock(0);
    const queue = new MemoryOrderedQueue<string, string>(clock, {
      retry,
      batchSize: 1,
      concurrency: 1,
    });
    const answer = new Gate();
    queue.process(new JobRecorder(() => answer.pass()));
    const { persisted } = await queue.enqueue('a', '1', 'one');
    const closed = queue.close(1_000);
    // Timers come before what has come in meanwhile.
    clock.advance(1_000);
    setImmediate(() => answer.open());
    expect(await closed).toEqual([]);
    await persisted;
  });

  it('is as safe for a second push of an item as for the first', async () => {
    const clock = new VirtualClock(0);
    const queue = new MemoryOrderedQueue<string, string>(clock, {
      retry,
      batchSize: 1,
      concurrency: 1,
    });
    const first = await queue.enqueue('a', '1', 'one');
    const second = await queue.enqueue('a', '1', 'one');
    expect(second.persisted).toBe(first.persisted);
  });

  it('blames no item for an error that comes after all of them were completed', async () => {
    const clock = new VirtualClock(0);
    const queue = new MemoryOrderedQueue<string, string>(clock, {
      retry,
      batchSize: 1,
      concurrency: 1,
    });
    const attempts: number[] = [];
    const recorder = new JobRecorder(async (batch) => {
      attempts.push(batch.jobs[0]?.attempts ?? -1);
      await batch.complete(1);
      throw new Error('too late');
    });
    await queue.enqueue('a', '1', 'one');
    await queue.enqueue('a', '2', 'two');
    queue.process(recorder);
    await recorder.sees(2);
    expect(attempts).toEqual([0, 0]);
  });

  it('tries a job again when the handler of its failure has failed', async () => {
    const clock = new VirtualClock(0);
    const options = { retry: { attempts: 1, delaysMs: [1_000] }, batchSize: 1, concurrency: 1 };
    const queue = new MemoryOrderedQueue<string, string>(clock, options);
    const recorder = new JobRecorder(() => {
      throw new Error('never');
    });
    const onFailed = vi.spyOn(recorder, 'onFailed').mockRejectedValueOnce(new Error('no ear'));
    queue.process(recorder);
    const { persisted: safe } = await queue.enqueue('a', '1', 'one');
    await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
    expect(await queue.deadLetters()).toEqual([]);
    clock.advance(1_000);
    await safe;
    expect(onFailed).toHaveBeenCalledTimes(2);
    expect(await queue.deadLetters()).toHaveLength(1);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('late'))],
    ['wants a rest', () => Promise.resolve({ pauseMs: 1_000 })],
  ])('starts nothing more when a handler %s after it was closed', async (_name, end) => {
    const clock = new VirtualClock(0);
    const queue = new MemoryOrderedQueue<string, string>(clock, {
      retry,
      batchSize: 1,
      concurrency: 1,
    });
    const gate = new Gate();
    const recorder = new JobRecorder(async () => {
      await gate.pass();
      return end();
    });
    queue.process(recorder);
    await queue.enqueue('a', '1', 'one');
    await gate.reached;
    const closed = queue.close(1_000);
    gate.open();
    expect(await closed).toEqual(['a']);
    clock.advance(3_600_000);
    await macrotask();
    expect(recorder.seen).toEqual(['a:one']);
    expect(clock.pending).toBe(0);
  });

  it('works off what waits within its grace when it closes, since nobody else can', async () => {
    const options = { retry, batchSize: 1, concurrency: 2 };
    const queue = new MemoryOrderedQueue<string, string>(new VirtualClock(0), options);
    const gate = new Gate();
    const recorder = new JobRecorder(() => gate.pass());
    queue.process(recorder);
    for (const payload of ['one', 'two', 'three']) await queue.enqueue('a', payload, payload);
    await gate.reached;
    const closed = queue.close(1_000);
    gate.open();
    expect(await closed).toEqual([]);
    expect(recorder.seen).toEqual(['a:one', 'a:two', 'a:three']);
  });

  it('runs no timer while nothing waits', async () => {
    const clock = new VirtualClock(0);
    const queue = new MemoryOrderedQueue<string, string>(clock, {
      retry,
      batchSize: 1,
      concurrency: 1,
    });
    queue.process(new JobRecorder());
    await (
      await queue.enqueue('a', '1', 'one')
    ).persisted;
    expect(clock.pending).toBe(0);
  });
});
