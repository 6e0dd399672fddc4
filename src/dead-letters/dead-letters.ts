import { TelegramArgumentError } from '../errors/index.js';
import { kindOfId } from '../errors/kind-of.js';
import type { InboundEvent, InboundProgress } from '../inbound/inbound-event.interface.js';
import type { DeadLetterPage } from '../queue/dead-letter-page.js';
import type { OrderedQueue } from '../queue/ordered-queue.js';
import type { AttachmentStore } from '../files/attachment-store.js';
import type { OutboundJob } from '../outbound/jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../outbound/jobs/outbound-progress.interface.js';
import { inboundLetter, outboundLetter } from './dead-letter.factory.js';
import type { DeadLetter } from './dead-letter.interface.js';
import { readLetterId, type LetterKey } from './dead-letter-id.js';
import type { LetterDecisions } from './letter-decisions.js';
import {
  checkListOptions,
  pageOf,
  type DeadLetterListOptions,
  type LetterQueue,
} from './dead-letter-list.options.js';

/** Both directions of a desk. */
export interface DeadLetterQueues {
  /** The name of the desk. */
  readonly name: string;
  readonly outboundQueue: OrderedQueue<OutboundJob, OutboundProgress>;
  readonly inboundQueue: OrderedQueue<InboundEvent, InboundProgress>;
}

/** The desks of a bot, always in the same order. */
export interface DeadLetterDesks {
  all(): Promise<readonly DeadLetterQueues[]>;
}

/**
 * What the desks of a bot have given up on. Kept for 30 days in Redis; without Redis as long as the process lives.
 *
 * @publicApi
 *
 * @example
 * for (const { id, threadId, reason } of await this.telegram.deadLetters.list()) {
 *   console.log(threadId, reason);
 *   await this.telegram.deadLetters.retry(id);
 * }
 */
export class DeadLetters {
  readonly #desks: DeadLetterDesks;
  readonly #files: Pick<AttachmentStore, 'free'>;
  readonly #decisions: Pick<LetterDecisions, 'decide'>;

  /** @internal Use `TelegramService.deadLetters`. */
  constructor(
    desks: DeadLetterDesks,
    files: Pick<AttachmentStore, 'free'>,
    decisions: Pick<LetterDecisions, 'decide'>,
  ) {
    this.#desks = desks;
    this.#files = files;
    this.#decisions = decisions;
  }

  /**
   * The dead letters of all desks and both directions, the oldest first; none when the module is disabled. There may be
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
    const desks = await this.#desks.all();
    const queues = desks.flatMap(({ name: desk }, index): LetterQueue[] => [
      { desk, direction: 'inbound', rank: 2 * index },
      { desk, direction: 'outbound', rank: 2 * index + 1 },
    ]);
    const pages = await Promise.all(
      queues.map((queue) => lettersOf(desks, queue, pageOf(queue, queues, options))),
    );
    return pages
      .flat()
      .toSorted((one, other) => one.diedAt.getTime() - other.diedAt.getTime())
      .slice(0, options.limit);
  }

  /** How many dead letters there are at all desks in both directions; 0 when the module is disabled. */
  async count(): Promise<number> {
    const desks = await this.#desks.all();
    const counts = desks.flatMap(({ outboundQueue, inboundQueue }) => [
      outboundQueue.countDeadLetters(),
      inboundQueue.countDeadLetters(),
    ]);
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  /**
   * Queues a dead letter again, behind what waits in its thread and with all its attempts. The note that agents see of a
   * failed reply says so.
   *
   * @param id As {@link list} returns it.
   * @returns False when there is none of that id.
   * @throws {@link TelegramArgumentError} When the id is no string.
   */
  async retry(id: string): Promise<boolean> {
    const { queue, key } = await this.#find('retry', id);
    if (key?.direction === 'inbound')
      return this.#decisions.decide(key, { action: 'retry', by: null });
    return queue && key ? queue.retryDeadLetter(key.jobId) : false;
  }

  /**
   * Deletes a dead letter, and the files that are kept with it. The note that agents see of a failed reply says so.
   *
   * @param id As {@link list} returns it.
   * @returns False when there is none of that id.
   * @throws {@link TelegramArgumentError} When the id is no string.
   */
  async discard(id: string): Promise<boolean> {
    const { queue, key } = await this.#find('discard', id);
    if (key?.direction === 'inbound') {
      return this.#decisions.decide(key, { action: 'discard', by: null });
    }
    if (!queue || !key) return false;
    const letter = await queue.findDeadLetter(key.jobId);
    const isDiscarded = await queue.discardDeadLetter(key.jobId);
    const { payload } = letter?.job ?? {};
    if (isDiscarded && payload && 'body' in payload)
      await this.#files.free(payload.body.attachments);
    return isDiscarded;
  }

  async #find(method: string, id: unknown): Promise<FoundQueue> {
    if (typeof id !== 'string') {
      const problem = `id must be a string, got ${kindOfId(id)}`;
      throw new TelegramArgumentError(`deadLetters.${method}`, ['id'], [problem]);
    }
    const key = readLetterId(id);
    const desks = await this.#desks.all();
    const desk = desks.find(({ name }) => name === key?.desk);
    return { key, queue: desk?.outboundQueue };
  }
}

interface FoundQueue {
  readonly key: LetterKey | null;
  /** Of the notices of its desk. */
  readonly queue: OrderedQueue<OutboundJob, OutboundProgress> | undefined;
}

async function lettersOf(
  desks: readonly DeadLetterQueues[],
  { desk, direction }: LetterQueue,
  page: DeadLetterPage,
): Promise<DeadLetter[]> {
  const queues = desks.find(({ name }) => name === desk);
  if (direction === 'inbound') {
    const letters = await queues?.inboundQueue.deadLetters(page);
    return (letters ?? []).map((letter) => inboundLetter(letter.job, { ...letter, desk }));
  }
  const letters = await queues?.outboundQueue.deadLetters(page);
  return (letters ?? []).map((letter) => outboundLetter(letter.job, { ...letter, desk }));
}
