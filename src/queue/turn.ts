import { Backoff } from '../common/backoff.js';
import type { SafeLogger } from '../common/safe-logger.js';
import { toError } from '../errors/index.js';
import type { Job } from './job.interface.js';
import type { JobBatch, JobProcessor, Pause } from './job-processor.interface.js';
import type { JobStore } from './job-store.js';
import { LeaseLostError } from './lease-lost.error.js';
import type { OrderedQueueOptions } from './ordered-queue.js';
import { UnrecoverableError } from './unrecoverable.error.js';

/**
 * What becomes of a key after its turn: it has no jobs, it has another turn behind the other keys, its first job
 * waits, or the whole queue pauses and the key goes on first.
 */
export interface TurnResult {
  readonly next: 'done' | 'again' | 'delayed' | 'paused';
  readonly waitMs: number;
  /** Whether another process is to have the key after the wait. */
  readonly isPassedOn?: boolean | undefined;
}

/** What the turns of a queue have in common. */
export interface TurnContext<T, P> {
  readonly store: JobStore<T, P>;
  readonly processor: JobProcessor<T, P>;
  readonly options: OrderedQueueOptions<T, P>;
  readonly logger: SafeLogger;
}

/** The work on the first jobs of a key. */
export class Turn<T, P> implements JobBatch<T, P> {
  readonly #context: TurnContext<T, P>;
  readonly #left: Job<T, P>[];
  /** How many jobs the key has, as far as is known. */
  #remaining = Infinity;

  private constructor(
    context: TurnContext<T, P>,
    readonly key: string,
    readonly jobs: ReadonlyArray<Job<T, P>>,
  ) {
    this.#context = context;
    this.#left = [...jobs];
  }

  /** Has the processor work on the first jobs of a key, and counts what fails. */
  static async take<T, P>(context: TurnContext<T, P>, key: string): Promise<TurnResult> {
    const { jobs, waitMs } = await context.store.read(key, context.options.batchSize);
    if (jobs.length === 0) return { next: 'done', waitMs: 0 };
    if (waitMs > 0) return { next: 'delayed', waitMs };
    try {
      return await new Turn(context, key, jobs).#process();
    } catch (error) {
      if (error instanceof LeaseLostError) return { next: 'again', waitMs: 0 };
      throw error;
    }
  }

  async complete(count: number, progress?: P): Promise<void> {
    const done = Math.min(count, this.#left.length);
    if (done > 0 || progress !== undefined) {
      await this.#complete(done, progress === undefined ? {} : { progress });
    }
  }

  async #process(): Promise<TurnResult> {
    try {
      const pause = await this.#work();
      if (!pause) await this.complete(this.#left.length);
      else if (pause.pauseMs > 0) {
        if (!pause.keyOnly) return { next: 'paused', waitMs: pause.pauseMs };
        if (pause.isPlanned) await this.#complete(0, { heldMs: pause.pauseMs });
        return { ...(await this.#delay(pause.pauseMs)), isPassedOn: pause.isPassedOn };
      }
      return this.#next;
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      return this.#fail(toError(error));
    }
  }

  #work(): Promise<Pause | void> {
    const { processor, options } = this.#context;
    const { tracing } = options;
    return tracing
      ? tracing.run(this.jobs[0]?.trace, () => processor.process(this))
      : processor.process(this);
  }

  async #fail(error: Error): Promise<TurnResult> {
    const { key } = this;
    const { store, processor, options, logger } = this.#context;
    const attempts = (this.#left[0]?.attempts ?? 0) + 1;
    const job = await this.#complete(0, { attempts });
    if (!job) {
      const words = `The processor failed after it had completed all jobs of ${key}`;
      logger.errorWithStack(words, error);
      return this.#next;
    }
    const delayMs = Backoff.delayAfter(attempts - 1, options.retry.delaysMs);
    const isFinal = attempts >= options.retry.attempts || error instanceof UnrecoverableError;
    if (!isFinal) return this.#delay(delayMs);
    try {
      await processor.onFailed({ key, job, error });
    } catch (cause) {
      logger.error(`A job could not be given up, and is tried again: ${logger.describe(cause)}`);
      return this.#delay(delayMs);
    }
    this.#remaining = await store.moveToDeadLetters(key, job, logger.describe(error));
    processor.onDeadLetter?.({ key, job, error });
    return this.#next;
  }

  get #next(): TurnResult {
    return { next: this.#remaining === 0 ? 'done' : 'again', waitMs: 0 };
  }

  async #delay(waitMs: number): Promise<TurnResult> {
    const [first] = this.#left;
    if (!first) return this.#next;
    await this.#context.store.delay(this.key, first, waitMs);
    return { next: 'delayed', waitMs };
  }

  /** Removes the first jobs; the one that is first then, changed. */
  async #complete(count: number, change: Partial<Job<T, P>>): Promise<Job<T, P> | undefined> {
    const [first, next] = [this.#left[0], this.#left[count]];
    if (!first) return undefined;
    // Written even when nothing has changed, so that one who sends this twice finds that it was done.
    const changed = next && { ...next, ...change };
    this.#remaining = await this.#context.store.complete(this.key, first, count, changed);
    this.#left.splice(0, count);
    if (changed) this.#left[0] = changed;
    return changed;
  }
}
