import { toError, type ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from '../common/safe-logger.js';
import { UnrecoverableError } from '../queue/unrecoverable.error.js';
import type { Job } from '../queue/job.interface.js';
import { LeaseLostError } from '../queue/lease-lost.error.js';
import type { JobProcessor } from '../queue/job-processor.interface.js';
import { delayAfter, type RetryPolicy } from '../queue/ordered-queue.js';
import type { RedisJobBatch } from '../storage/redis/redis-job-batch.js';
import type { TurnEnd } from './redis-lane.interface.js';

/** Has the consumer handle what a worker has been given of a lane, and says what becomes of the lane. */
export class RedisLaneTurn<T> {
  readonly #logger: SafeLogger;
  readonly #consumer: JobProcessor<T>;
  readonly #retry: RetryPolicy;

  constructor(consumer: JobProcessor<T>, retry: RetryPolicy, errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(RedisLaneTurn.name, errors);
    this.#consumer = consumer;
    this.#retry = retry;
  }

  /** @throws {@link LeaseLostError} When another worker goes on with the lane. */
  async take(batch: RedisJobBatch<T>): Promise<TurnEnd> {
    const { key: lane } = batch;
    try {
      const rest = await this.#consumer.process(batch);
      if (!rest) return { lane, done: batch.jobs.length, place: 'last', ms: 0 };
      if (rest.keyOnly && rest.pauseMs > 0) {
        return { lane, done: batch.done, place: 'later', ms: rest.pauseMs };
      }
      return {
        lane,
        done: batch.done,
        place: rest.pauseMs > 0 ? 'first' : 'last',
        ms: rest.pauseMs,
      };
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      return this.#fail(batch, toError(error));
    }
  }

  async #fail(batch: RedisJobBatch<T>, error: Error): Promise<TurnEnd> {
    const { key: lane, head } = batch;
    if (!head) {
      // All that was handed out is done, so the error is no item's.
      this.#logger.errorWithStack('A lane handler failed after it had completed its items', error);
      return { lane, done: batch.done, place: 'last', ms: 0 };
    }
    const failed = await batch.fail(head);
    const isLast = failed.attempts >= this.#retry.attempts || error instanceof UnrecoverableError;
    if (isLast && (await this.#bury(batch, failed, error))) {
      return { lane, done: batch.done, place: 'last', ms: 0 };
    }
    const ms = delayAfter(this.#retry, failed.attempts);
    return { lane, done: batch.done, place: 'later', ms };
  }

  /** False when the consumer could not take notice of it: then the item stays, to be tried again. */
  async #bury(batch: RedisJobBatch<T>, item: Job<T>, error: Error): Promise<boolean> {
    try {
      await this.#consumer.onFailed({ key: batch.key, job: item, error });
    } catch (burialError) {
      const reason = this.#logger.describe(burialError);
      this.#logger.error(`Could not give up an item: ${reason}; trying it again`);
      return false;
    }
    await batch.bury(item, this.#logger.describe(error));
    return true;
  }
}
