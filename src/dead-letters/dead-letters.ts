import { TelegramArgumentError } from '../errors/index.js';
import { kindOfId } from '../errors/kind-of.js';
import type { InboundEvent, InboundProgress } from '../inbound/inbound-event.interface.js';
import type { OrderedQueue } from '../queue/ordered-queue.js';
import type { OutboundJob, OutboundProgress } from '../outbound/outbound-job.interface.js';
import { inboundLetter, outboundLetter } from './dead-letter.factory.js';
import type { DeadLetter } from './dead-letter.interface.js';
import {
  checkListOptions,
  pageOf,
  type DeadLetterListOptions,
} from './dead-letter-list.options.js';

/** Both directions of a desk. */
export interface DeadLetterQueues {
  readonly outbound: OrderedQueue<OutboundJob, OutboundProgress>;
  readonly inbound: OrderedQueue<InboundEvent, InboundProgress>;
}

/**
 * What the desk has given up on. Kept for 30 days in Redis; without Redis as long as the process lives.
 *
 * @example
 * for (const { id, threadId, reason } of await this.telegram.deadLetters.list()) {
 *   console.log(threadId, reason);
 *   await this.telegram.deadLetters.retry(id);
 * }
 *
 * @publicApi
 */
export class DeadLetters {
  readonly #queues: DeadLetterQueues | null;

  /** @internal Use `TelegramService.deadLetters`. */
  constructor(queues: DeadLetterQueues | null) {
    this.#queues = queues;
  }

  /**
   * The dead letters of both directions, the oldest first; none when the module is disabled. There may be
   * many: they are read a hundred at a time, and the array holds them all unless `limit` is given.
   *
   * @example
   * let page = await this.telegram.deadLetters.list({ limit: 100 });
   * while (page.length > 0) {
   *   for (const letter of page) console.log(letter.threadId, letter.reason);
   *   page = await this.telegram.deadLetters.list({ limit: 100, after: page.at(-1) });
   * }
   *
   * @throws {@link TelegramArgumentError} When an option has the wrong type.
   */
  async list(options: DeadLetterListOptions = {}): Promise<DeadLetter[]> {
    checkListOptions(options);
    if (!this.#queues) return [];
    const [outbound, inbound] = await Promise.all([
      this.#queues.outbound.deadLetters(pageOf('outbound', options)),
      this.#queues.inbound.deadLetters(pageOf('inbound', options)),
    ]);
    return [
      ...inbound.map((letter) => inboundLetter(letter.job, letter)),
      ...outbound.map((letter) => outboundLetter(letter.job, letter)),
    ]
      .toSorted((one, other) => one.diedAt.getTime() - other.diedAt.getTime())
      .slice(0, options.limit);
  }

  /** How many dead letters there are in both directions; 0 when the module is disabled. */
  async count(): Promise<number> {
    if (!this.#queues) return 0;
    const [outbound, inbound] = await Promise.all([
      this.#queues.outbound.countDeadLetters(),
      this.#queues.inbound.countDeadLetters(),
    ]);
    return outbound + inbound;
  }

  /**
   * Queues a dead letter again, behind what waits in its thread and with all its attempts.
   *
   * @param id As {@link list} returns it.
   * @returns False when there is none of that id.
   * @throws {@link TelegramArgumentError} When the id is no string.
   */
  async retry(id: string): Promise<boolean> {
    const { queue, jobId } = this.#find('retry', id);
    return queue ? queue.retryDeadLetter(jobId) : false;
  }

  /**
   * Deletes a dead letter.
   *
   * @param id As {@link list} returns it.
   * @returns False when there is none of that id.
   * @throws {@link TelegramArgumentError} When the id is no string.
   */
  async discard(id: string): Promise<boolean> {
    const { queue, jobId } = this.#find('discard', id);
    return queue ? queue.discardDeadLetter(jobId) : false;
  }

  #find(
    method: string,
    id: unknown,
  ): {
    queue?:
      OrderedQueue<OutboundJob, OutboundProgress> | OrderedQueue<InboundEvent, InboundProgress>;
    jobId: string;
  } {
    if (typeof id !== 'string') {
      const problem = `id must be a string, got ${kindOfId(id)}`;
      throw new TelegramArgumentError(`deadLetters.${method}`, ['id'], [problem]);
    }
    const [direction = ''] = id.split(':', 1);
    const jobId = id.slice(direction.length + 1);
    if (direction === 'outbound') return { queue: this.#queues?.outbound, jobId };
    if (direction === 'inbound') return { queue: this.#queues?.inbound, jobId };
    return { jobId };
  }
}
