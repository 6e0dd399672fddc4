import { toError, type ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from '../common/safe-logger.js';
import { LaneItemRefusedError } from './lane-item-refused.error.js';
import type { LaneItem } from './lane-item.interface.js';
import { LaneTakenOverError } from './lane-taken-over.error.js';
import type { LaneConsumer } from './lane.consumer.js';
import { delayAfter, type LaneRetryPolicy } from './lane.queue.js';
import type { RedisLaneBatch } from './redis-lane.batch.js';
import type { TurnEnd } from './redis-lane.interface.js';

/** Has the consumer handle what a worker has been given of a lane, and says what becomes of the lane. */
export class RedisLaneTurn<T> {
  readonly #logger: SafeLogger;
  readonly #consumer: LaneConsumer<T>;
  readonly #retry: LaneRetryPolicy;

  constructor(consumer: LaneConsumer<T>, retry: LaneRetryPolicy, errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(RedisLaneTurn.name, errors);
    this.#consumer = consumer;
    this.#retry = retry;
  }

  /** @throws {@link LaneTakenOverError} When another worker goes on with the lane. */
  async take(batch: RedisLaneBatch<T>): Promise<TurnEnd> {
    const { lane } = batch;
    try {
      const rest = await this.#consumer.handle(batch);
      if (!rest) return { lane, done: batch.items.length, place: 'last', ms: 0 };
      if (rest.laneOnly && rest.restMs > 0) {
        return { lane, done: batch.done, place: 'later', ms: rest.restMs };
      }
      return { lane, done: batch.done, place: rest.restMs > 0 ? 'first' : 'last', ms: rest.restMs };
    } catch (error) {
      if (error instanceof LaneTakenOverError) throw error;
      return this.#fail(batch, toError(error));
    }
  }

  async #fail(batch: RedisLaneBatch<T>, error: Error): Promise<TurnEnd> {
    const { lane, head } = batch;
    if (!head) {
      // All that was handed out is done, so the error is no item's.
      this.#logger.errorWithStack('A lane handler failed after it had completed its items', error);
      return { lane, done: batch.done, place: 'last', ms: 0 };
    }
    const failed = await batch.fail(head);
    const isLast = failed.attempts >= this.#retry.attempts || error instanceof LaneItemRefusedError;
    if (isLast && (await this.#bury(batch, failed, error))) {
      return { lane, done: batch.done, place: 'last', ms: 0 };
    }
    const ms = delayAfter(this.#retry, failed.attempts);
    return { lane, done: batch.done, place: 'later', ms };
  }

  /** False when the consumer could not take notice of it: then the item stays, to be tried again. */
  async #bury(batch: RedisLaneBatch<T>, item: LaneItem<T>, error: Error): Promise<boolean> {
    try {
      await this.#consumer.buried({ lane: batch.lane, item, error });
    } catch (burialError) {
      const reason = this.#logger.describe(burialError);
      this.#logger.error(`Could not give up an item: ${reason}; trying it again`);
      return false;
    }
    await batch.bury(item, this.#logger.describe(error));
    return true;
  }
}
