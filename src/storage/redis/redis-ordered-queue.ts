import { AsyncLocalStorage } from 'node:async_hooks';
import type { Job as BullMqJob, JobsOptions, Queue } from 'bullmq';
import { SafeLogger } from '../../common/safe-logger.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import type { DeadLetterPage } from '../../queue/dead-letter-page.js';
import type { DeadJob, Job } from '../../queue/job.interface.js';
import type { JobProcessor } from '../../queue/job-processor.interface.js';
import { LeaseLostError } from '../../queue/lease-lost.error.js';
import {
  OrderedQueue,
  type EnqueueResult,
  type OrderedQueueOptions,
} from '../../queue/ordered-queue.js';
import { processBatch } from '../../queue/process-batch.js';
import { QueueClosedError } from '../../queue/queue-closed.error.js';
import { WaitingCount } from './waiting-count.js';
import { RedisDeadLetters } from './redis-dead-letters.js';
import { RedisJobBatch } from './redis-job-batch.js';
import { RedisJobStore } from './redis-job-store.js';
import type { RedisQueueContext } from './redis-queue-context.js';
import { RedisQueueWorker, type KeyResult } from './redis-queue-worker.js';

/** How often keys are looked for that have jobs and nobody who works on them, because a process ended between two steps. */
const SWEEP_MS = 60_000;
const DEAD_LETTER_TTL_MS = 30 * 24 * 60 * 60 * 1000;
/** How many keys a closing queue names. */
const MAX_KEYS_NAMED = 1_000;

/**
 * A queue in Redis, shared by all processes of a desk. The jobs of a key stand in a list. For each key that has
 * some, one BullMQ job exists: whoever fetches it works on the first jobs of the list, in one turn.
 */
export class RedisOrderedQueue<T, P = unknown> extends OrderedQueue<T, P> {
  /** What waits in it, as far as this process knows. */
  readonly waiting = new WaitingCount();
  readonly #logger: SafeLogger;
  /** For what comes up again and again while Redis denies something. */
  readonly #throttledLogger: ThrottledLogger;
  /** Runs what belongs to no request of the app, though one has started it. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();
  readonly #context: RedisQueueContext;
  readonly #options: OrderedQueueOptions<T, P>;
  readonly #store: RedisJobStore<T, P>;
  /** For the work: what is done must be removed however long Redis is away, or it is done again. */
  readonly #workStore: RedisJobStore<T, P>;
  readonly #deadLetters: RedisDeadLetters<T, P>;
  readonly #queue: Queue<{ key: string }>;
  #worker: RedisQueueWorker | undefined;
  #sweepTimer: NodeJS.Timeout | undefined;
  /** A failover, or a restart, may have lost the last writes. */
  readonly #onReconnected = (): void => void this.#sweep();
  #isPaused = false;
  #isClosed = false;

  constructor(context: RedisQueueContext, options: OrderedQueueOptions<T, P>) {
    super();
    const { bullmq, client, blockingClient, shutdown, prefix, name } = context;
    this.#logger = new SafeLogger(RedisOrderedQueue.name, options.errors);
    this.#throttledLogger = new ThrottledLogger(RedisOrderedQueue.name, options.errors);
    this.#context = context;
    this.#options = options;
    this.#store = new RedisJobStore(client, `${prefix}:${name}:`);
    this.#workStore = new RedisJobStore(blockingClient, `${prefix}:${name}:`, (ask) =>
      shutdown.untilShutdown(ask),
    );
    this.#deadLetters = new RedisDeadLetters(client, this.#store);
    // BullMQ never recovers a connection whose first attempt failed, so it gets one that retries for ever.
    this.#queue = new bullmq.Queue(name, {
      connection: blockingClient,
      prefix,
      skipVersionCheck: true,
    });
    this.#queue.on('error', (error) => this.#throttledLogger.debug(this.#logger.describe(error)));
  }

  async enqueue(key: string, id: string, payload: T): Promise<EnqueueResult> {
    if (this.#isClosed) throw new QueueClosedError();
    await this.#context.readiness.assertReady();
    const job = { id, payload, attempts: 0 };
    const { isDuplicate, length } = await this.#store.enqueue(key, job);
    if (!isDuplicate) this.waiting.add(1);
    // A key with jobs has its BullMQ job; but who enqueues again may not have come so far the first time.
    if (isDuplicate && length > 0) await this.#add(key);
    else if (length === 1) await this.#add(key, job);
    return { isDuplicate, persisted: Promise.resolve() };
  }

  process(processor: JobProcessor<T, P>): void {
    void this.#outsideRequests(() => this.#start(processor));
  }

  pause(): Promise<void> {
    this.#isPaused = true;
    this.#worker?.pause();
    return Promise.resolve();
  }

  resume(): Promise<void> {
    this.#isPaused = false;
    this.#worker?.resume();
    return Promise.resolve();
  }

  deadLetters(page?: DeadLetterPage): Promise<Array<DeadJob<T, P>>> {
    return this.#deadLetters.list(page);
  }

  countDeadLetters(): Promise<number> {
    return this.#deadLetters.count();
  }

  async retryDeadLetter(id: string): Promise<boolean> {
    const letter = await this.#deadLetters.find(id);
    const length = letter ? await this.#store.retryDeadLetter(letter) : 0;
    if (length > 0) this.waiting.add(1);
    if (letter && length === 1) await this.#add(letter.key, letter.job);
    return length > 0;
  }

  discardDeadLetter(id: string): Promise<boolean> {
    return this.#deadLetters.discard(id);
  }

  async close(graceMs: number): Promise<readonly string[]> {
    this.#isClosed = true;
    clearInterval(this.#sweepTimer);
    const { client, blockingClient, shutdown } = this.#context;
    blockingClient.off('ready', this.#onReconnected);
    // First of all: when Redis is away, nobody waits for work that waits for it.
    await shutdown.withFallback(client.ping(), '');
    await this.#worker?.close(graceMs);
    const keys = await shutdown.withFallback(this.#firstKeys(), []);
    await shutdown.withFallback(this.#queue.close(), undefined);
    return keys;
  }

  async #start(processor: JobProcessor<T, P>): Promise<void> {
    await this.#context.readiness.whenUsable();
    if (this.#isClosed) return;
    this.#worker = new RedisQueueWorker(
      this.#context,
      this.#options,
      (key) => this.#workOn(key, processor),
      (key) => this.#add(key),
      (key) => void (key === undefined ? this.#sweep() : this.#recover(key)),
    );
    if (this.#isPaused) this.#worker.pause();
    this.#worker.start();
    this.#sweepTimer = setInterval(() => void this.#sweep(), SWEEP_MS).unref();
    this.#context.blockingClient.on('ready', this.#onReconnected);
    await this.#sweep();
  }

  /** Takes one turn of a key. */
  async #workOn(key: string, processor: JobProcessor<T, P>): Promise<KeyResult> {
    const read = await this.#workStore.read(key, this.#options.batchSize);
    const [first] = read.jobs;
    if (!first) return 'done';
    const { ms, untilMs } = first.job.delay ?? { ms: 0, untilMs: 0 };
    // No longer than the delay: the clock of Redis may have been set back meanwhile.
    const waitMs = Math.min(untilMs - read.nowMs, ms);
    if (waitMs > 0) return { delayMs: waitMs };
    const batch = new RedisJobBatch(this.#workStore, key, read);
    try {
      const turn = await processBatch(processor, batch, this.#options.retry, this.#logger);
      if (turn.next === 'paused') return { pauseMs: turn.waitMs };
      if (turn.next === 'now') return batch.isLast ? 'done' : 'again';
      if (!batch.head) return 'again';
      await batch.delay(turn.waitMs);
      return { delayMs: turn.waitMs };
    } catch (error) {
      if (!(error instanceof LeaseLostError)) throw error;
      this.waiting.remove(batch.jobs.length - batch.doneCount);
      return 'again';
    } finally {
      this.waiting.remove(batch.doneCount);
    }
  }

  /** Adds the BullMQ job of a key, unless there is one that has not begun. */
  async #add(key: string, first?: Job<T, P>): Promise<BullMqJob> {
    const { priorityOf } = this.#options;
    const head = first ?? (priorityOf && (await this.#store.peek(key)));
    const priority = (head && priorityOf?.(head)) ?? 0;
    const options: JobsOptions = {
      // BullMQ takes jobs without a priority first.
      ...(priority > 0 && { priority }),
      deduplication: { id: key, keepLastIfActive: true },
      removeOnComplete: true,
      removeOnFail: true,
    };
    return this.#context.shutdown.untilShutdown(() => this.#queue.add('key', { key }, options));
  }

  /** Finds keys that have jobs and no BullMQ job, and forgets old dead letters. */
  async #sweep(): Promise<void> {
    await this.#context.readiness.whenUsable();
    if (this.#isClosed) return;
    try {
      for await (const keys of this.#workStore.keys()) {
        await Promise.all(keys.map((key) => this.#ensureAdded(key)));
      }
      await this.#deadLetters.forget(DEAD_LETTER_TTL_MS);
    } catch (error) {
      this.#throttledLogger.debug(
        `The keys were not looked through: ${this.#logger.describe(error)}`,
      );
    }
  }

  async #recover(key: string): Promise<void> {
    await this.#context.readiness.whenUsable();
    if (this.#isClosed) return;
    await this.#ensureAdded(key).catch((error: unknown) => {
      this.#throttledLogger.debug(`A key waits for the next look: ${this.#logger.describe(error)}`);
    });
  }

  /** A script of BullMQ that lost a right in the middle leaves a job that exists, and that no worker gets. */
  async #ensureAdded(key: string): Promise<void> {
    const job = await this.#add(key);
    if (!job.id || (await this.#queue.getJobState(job.id)) !== 'unknown') return;
    if (await job.removeDeduplicationKey()) await this.#add(key);
  }

  async #firstKeys(): Promise<string[]> {
    const names: string[] = [];
    for await (const keys of this.#store.keys()) {
      names.push(...keys);
      if (names.length >= MAX_KEYS_NAMED) break;
    }
    return names;
  }
}
