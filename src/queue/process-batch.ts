import type { SafeLogger } from '../common/safe-logger.js';
import { toError } from '../errors/index.js';
import type { Job } from './job.interface.js';
import type { JobBatch, JobProcessor } from './job-processor.interface.js';
import { LeaseLostError } from './lease-lost.error.js';
import type { RetryPolicy } from './ordered-queue.js';
import { UnrecoverableError } from './unrecoverable.error.js';

/** A batch, with what only the queue does with it. */
export interface StoredBatch<T, P> extends JobBatch<T, P> {
  /** The first job that is not completed; undefined when all are. */
  readonly head: Job<T, P> | undefined;
  /** Counts a failure of the first job; the job as it is then. */
  fail(job: Job<T, P>): Promise<Job<T, P>>;
  /** Makes the first job a dead letter. */
  moveToDeadLetters(job: Job<T, P>, reason: string): Promise<void>;
}

/** What becomes of a key: its next turn comes at once, after a delay, or when the whole queue has paused. */
export interface Turn {
  readonly next: 'now' | 'delayed' | 'paused';
  readonly waitMs: number;
}

const NEXT: Turn = { next: 'now', waitMs: 0 };

/**
 * Has the processor work on a batch, and counts what fails.
 *
 * @throws {@link LeaseLostError} When another process has taken the key over.
 */
export async function processBatch<T, P>(
  processor: JobProcessor<T, P>,
  batch: StoredBatch<T, P>,
  retry: RetryPolicy,
  logger: SafeLogger,
): Promise<Turn> {
  try {
    const pause = await processor.process(batch);
    if (!pause) await batch.complete(batch.jobs.length);
    else if (pause.pauseMs > 0) {
      return { next: pause.keyOnly ? 'delayed' : 'paused', waitMs: pause.pauseMs };
    }
    return NEXT;
  } catch (thrown) {
    if (thrown instanceof LeaseLostError) throw thrown;
    const error = toError(thrown);
    const { key, head } = batch;
    if (!head) {
      logger.errorWithStack(
        `The processor failed after it had completed all jobs of ${key}`,
        error,
      );
      return NEXT;
    }
    const job = await batch.fail(head);
    const waitMs = retry.delaysMs[job.attempts - 1] ?? retry.delaysMs.at(-1) ?? 0;
    const isFinal = job.attempts >= retry.attempts || error instanceof UnrecoverableError;
    if (!isFinal) return { next: 'delayed', waitMs };
    try {
      await processor.onFailed({ key, job, error });
    } catch (cause) {
      logger.error(`A job could not be given up, and is tried again: ${logger.describe(cause)}`);
      return { next: 'delayed', waitMs };
    }
    await batch.moveToDeadLetters(job, logger.describe(error));
    return NEXT;
  }
}
