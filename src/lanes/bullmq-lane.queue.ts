import type { Job, JobsOptions, Queue, Worker } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import { within } from '../clock/within.js';
import { toError } from '../errors/index.js';
import { LineLogger } from '../log/line.logger.js';
import type { RedisFarewell } from '../redis/redis.farewell.js';
import { LaneClosedError } from './lane-closed.error.js';
import { LaneItemRefusedError } from './lane-item-refused.error.js';
import type { DeadLetter } from './lane-item.interface.js';
import type { LaneConsumer } from './lane.consumer.js';
import { LaneQueue, type LanePush, type LaneQueueOptions } from './lane.queue.js';
import { RedisLaneBatch } from './redis-lane.batch.js';
import { RedisLaneStore, type StoredItem } from './redis-lane.store.js';

/** What a {@link BullMqLaneQueue} works with. */
export interface BullMqLaneContext {
  /** The part of BullMQ that is used; passed in, so that it is loaded only where Redis is used. */
  readonly bullmq: typeof import('bullmq');
  /** For commands that are answered at once. */
  readonly client: Redis | Cluster;
  /** A client that waits for Redis however long it is away; the caller closes it. */
  readonly patient: Redis | Cluster;
  /** Asks for what is needed to close. All queues of a desk share one. */
  readonly farewell: RedisFarewell;
  /** What all keys begin with; holds a hash tag: `tg:{bot:chat}`. */
  readonly prefix: string;
  /** Two queues of one desk have different names. */
  readonly name: string;
}

interface Flush {
  readonly lane: string;
}

/** A killed worker is known by the end of its lock, and its lane is free at the check after that. */
const LOCK_MS = 8_000;
const STALLED_CHECK_MS = 3_000;
/** A push whose flush was lost, because the process ended between the two, waits no longer. */
const SWEEP_MS = 60_000;
const DEAD_LETTER_LIFE_MS = 30 * 24 * 60 * 60 * 1000;
/** When a flush, or a look through the lanes, fails for a reason of its own, such as a Redis that is starting, it comes back. */
const UNEXPECTED_RETRY_MS = 1_000;

/**
 * Lanes in Redis, shared by all processes of a desk. A lane is a list; a BullMQ job named `flush`
 * stands for each lane that holds items, and BullMQ sees to it that there is one at a time.
 */
export class BullMqLaneQueue<T> extends LaneQueue<T> {
  readonly #logger = new LineLogger(BullMqLaneQueue.name);
  readonly #context: BullMqLaneContext;
  readonly #options: LaneQueueOptions<T>;
  readonly #store: RedisLaneStore<T>;
  /**
   * For the work: what has been handled must be taken off however long Redis is away, or it is done
   * again. Only the end of the process ends that wait.
   */
  readonly #patientStore: RedisLaneStore<T>;
  readonly #queue: Queue<Flush>;
  #worker: Worker<Flush> | undefined;
  #sweep: NodeJS.Timeout | undefined;
  #nextLook: NodeJS.Timeout | undefined;
  readonly #handling = new Set<Promise<void>>();
  #paused = false;
  #closed = false;

  constructor(context: BullMqLaneContext, options: LaneQueueOptions<T>) {
    super();
    const { bullmq, client, patient, farewell, prefix, name } = context;
    this.#context = context;
    this.#options = options;
    this.#store = new RedisLaneStore<T>(client, `${prefix}:${name}:`);
    this.#patientStore = new RedisLaneStore<T>(patient, `${prefix}:${name}:`, farewell);
    // On a connection that fails once while it is made, such as when Redis is away at boot, it would fail for ever.
    this.#queue = new bullmq.Queue<Flush>(name, { connection: patient, prefix });
    this.#queue.on('error', (error) => this.#logger.debug(error.message));
  }

  async push(lane: string, id: string, payload: T): Promise<LanePush> {
    if (this.#closed) throw new LaneClosedError();
    const { fresh, length } = await this.#store.push(lane, { id, payload, attempts: 0 });
    // Only an empty lane has no flush: whoever leaves items behind adds the next one.
    if (fresh && length === 1) await this.#flush(lane, payload);
    // Who pushes an item again may not have come so far the first time.
    if (!fresh && length > 0) await this.#flushNext(lane);
    return { fresh, safe: Promise.resolve() };
  }

  consume(consumer: LaneConsumer<T>): void {
    const { bullmq, patient, prefix, name } = this.#context;
    const worker = new bullmq.Worker<Flush>(
      name,
      (job, token) => this.#track(this.#work(job, token, consumer)),
      {
        connection: patient,
        prefix,
        concurrency: this.#options.concurrency,
        // A rate limit is kept only by workers that have one; this one is never met.
        limiter: { max: 1_000_000_000, duration: 1 },
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_CHECK_MS,
        maxStalledCount: Number.MAX_SAFE_INTEGER,
      },
    );
    worker.on('error', (error) => this.#logger.debug(error.message));
    if (this.#paused) void worker.pause(true);
    this.#worker = worker;
    void this.#sweepLanes();
    this.#sweep = setInterval(() => void this.#sweepLanes(), SWEEP_MS).unref();
  }

  async pause(): Promise<void> {
    this.#paused = true;
    await this.#worker?.pause(true);
  }

  resume(): Promise<void> {
    this.#paused = false;
    return this.#worker?.resume() ?? Promise.resolve();
  }

  deadLetters(): Promise<Array<DeadLetter<T>>> {
    return this.#store.deadLetters();
  }

  async retryDeadLetter(id: string): Promise<boolean> {
    const revived = await this.#store.revive(id);
    if (revived?.length === 1) await this.#flushNext(revived.lane);
    return revived !== null;
  }

  discardDeadLetter(id: string): Promise<boolean> {
    return this.#store.discard(id);
  }

  async close(graceMs: number): Promise<readonly string[]> {
    this.#closed = true;
    clearInterval(this.#sweep);
    clearTimeout(this.#nextLook);
    const { client, farewell } = this.#context;
    const worker = this.#worker;
    // Before anything waits for work that waits for a Redis that is away. A worker that is closed while
    // it connects leaves a rejection to nobody.
    const still = worker ? [worker.pause(true), worker.waitUntilReady()] : [];
    await farewell.answerOr<unknown>(Promise.all([client.ping(), ...still]), undefined);
    if (worker) await this.#closeWorker(worker, graceMs);
    const lanes = await farewell.answerOr<string[]>(this.#store.lanes(), []);
    await farewell.answerOr(this.#queue.close(), undefined);
    return lanes;
  }

  async #closeWorker(worker: Worker<Flush>, graceMs: number): Promise<void> {
    // What is not finished stays active in Redis until its lock ends, and is taken over then.
    const isStill = await within(Promise.allSettled(this.#handling), graceMs).then(
      () => true,
      () => false,
    );
    await this.#context.farewell.answerOr(worker.close(!isStill), undefined);
  }

  async #track(work: Promise<void>): Promise<void> {
    this.#handling.add(work);
    try {
      await work;
    } finally {
      this.#handling.delete(work);
    }
  }

  /** Adds the flush of a lane that holds items, with the urgency of the first of them. */
  async #flushNext(lane: string, batch?: RedisLaneBatch<T>): Promise<void> {
    const head =
      batch?.head ??
      batch?.next[0] ??
      (this.#options.urgencyOf && (await this.#store.peek(lane, 1))[0]);
    await this.#flush(lane, head?.item.payload);
  }

  async #flush(lane: string, head?: T): Promise<void> {
    const urgency = head === undefined ? 0 : (this.#options.urgencyOf?.(head) ?? 0);
    const options: JobsOptions = {
      // BullMQ takes jobs without a priority first.
      ...(urgency > 0 && { priority: urgency }),
      deduplication: { id: lane, keepLastIfActive: true },
      attempts: Number.MAX_SAFE_INTEGER,
      backoff: { type: 'fixed', delay: UNEXPECTED_RETRY_MS },
      removeOnComplete: true,
      removeOnFail: true,
    };
    await this.#queue.add('flush', { lane }, options);
  }

  /** Adds a flush for each lane that holds items and has none, and forgets what died long ago. */
  async #sweepLanes(): Promise<void> {
    try {
      for (const lane of await this.#store.lanes()) await this.#flushNext(lane);
      await this.#store.forgetDead(Date.now() - DEAD_LETTER_LIFE_MS);
    } catch (error) {
      this.#logger.debug(`The lanes were not looked through: ${toError(error).message}`);
      if (this.#closed) return;
      clearTimeout(this.#nextLook);
      this.#nextLook = setTimeout(() => void this.#sweepLanes(), UNEXPECTED_RETRY_MS).unref();
    }
  }

  async #work(
    job: Job<Flush>,
    token: string | undefined,
    consumer: LaneConsumer<T>,
  ): Promise<void> {
    // BullMQ may hand out one that it was fetching when it was paused: it goes back, to whoever is left.
    if (this.#closed || this.#paused) throw new this.#context.bullmq.RateLimitError();
    const { lane } = job.data;
    let stored: ReadonlyArray<StoredItem<T>> = await this.#patientStore.peek(
      lane,
      this.#options.batchSize,
    );
    while (stored.length > 0) {
      const batch = new RedisLaneBatch(this.#patientStore, lane, stored, this.#options.batchSize);
      let rest;
      try {
        rest = await consumer.handle(batch);
      } catch (error) {
        await this.#fail(job, token, batch, consumer, toError(error));
        return;
      }
      if (!rest) await batch.completeRest();
      else if (rest.restMs > 0) {
        await this.#queue.rateLimit(rest.restMs);
        throw new this.#context.bullmq.RateLimitError();
      }
      if (rest || !this.#hasRoom) {
        if (batch.remaining !== 0) await this.#flushNext(lane, batch);
        return;
      }
      stored = batch.next;
    }
  }

  /** Whether a lane may go on without a turn of another one being put off. */
  get #hasRoom(): boolean {
    return this.#handling.size < this.#options.concurrency && !this.#paused && !this.#closed;
  }

  async #fail(
    job: Job<Flush>,
    token: string | undefined,
    batch: RedisLaneBatch<T>,
    consumer: LaneConsumer<T>,
    error: Error,
  ): Promise<void> {
    const { lane } = batch;
    const { head } = batch;
    if (!head) {
      // All that was handed out is done, so the error is no item's.
      this.#logger.error('A lane handler failed after it had completed its items', error.stack);
      if (batch.remaining !== 0) await this.#flushNext(lane, batch);
      return;
    }
    const failed = { ...head.item, attempts: head.item.attempts + 1 };
    await batch.fail(failed);
    const { attempts, delaysMs } = this.#options.retry;
    const isLast = failed.attempts >= attempts || error instanceof LaneItemRefusedError;
    if (isLast && (await this.#bury(batch, consumer, error))) return;
    const delayMs = delaysMs[failed.attempts - 1] ?? delaysMs.at(-1) ?? 0;
    await job.moveToDelayed(Date.now() + delayMs, token);
    throw new this.#context.bullmq.DelayedError();
  }

  /** False when the consumer could not take notice of it: then the item stays, to be tried again. */
  async #bury(batch: RedisLaneBatch<T>, consumer: LaneConsumer<T>, error: Error): Promise<boolean> {
    const { lane, head } = batch;
    if (!head) return false;
    try {
      await consumer.buried({ lane, item: head.item, error });
    } catch (burialError) {
      this.#logger.error(
        `Could not give up an item: ${toError(burialError).message}; trying it again`,
      );
      return false;
    }
    const letter = { lane, item: head.item, reason: error.message, diedAtMs: Date.now() };
    const remaining = await this.#patientStore.bury(head.text, letter);
    if (remaining > 0) await this.#flushNext(lane);
    return true;
  }
}
