import { setTimeout as wait } from 'node:timers/promises';
import type { Job as BullMqJob, Worker } from 'bullmq';
import { Backoff } from '../../common/backoff.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { withTimeout } from '../../common/with-timeout.js';
import { Deferred } from '../../queue/deferred.js';
import type { OrderedQueueOptions } from '../../queue/ordered-queue.js';
import type { RedisQueueContext } from './redis-queue-context.js';

/** A killed process is noticed when its lock ends, and its key is free two checks after that at the latest. */
const LOCK_MS = 5_000;
const STALLED_CHECK_MS = 2_000;
/** BullMQ's own renewal stops for an hour when the clock of the process is set back by an hour. */
const RENEWAL_MS = 1_500;

/** How the work on a key ended: it has no jobs, it has further ones, its first one waits, or the whole queue pauses. */
export type KeyResult =
  'done' | 'again' | { readonly delayMs: number } | { readonly pauseMs: number };

/**
 * Fetches BullMQ's jobs, each of which stands for one key, and has the keys worked on, up to `concurrency` at
 * once. It drives BullMQ by hand: BullMQ's own loop asks a Redis that denies something again and again.
 */
export class RedisQueueWorker {
  readonly #logger: ThrottledLogger;
  readonly #context: RedisQueueContext;
  readonly #concurrency: number;
  readonly #workOn: (key: string) => Promise<KeyResult>;
  readonly #addAgain: (key: string) => Promise<unknown>;
  readonly #onRecovered: (key?: string) => void;
  readonly #worker: Worker<{ key: string }>;
  readonly #backoff = new Backoff();
  readonly #running = new Set<Promise<void>>();
  /** Keys whose first job waits for a retry. This process keeps their locks, so that another one goes on after its end. */
  readonly #delayed = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  readonly #keys = new Map<string, Promise<KeyResult>>();
  #pauseTimer: NodeJS.Timeout | undefined;
  #isPaused = false;
  #isClosed = false;
  #changed = new Deferred();
  #loop: Promise<void> | undefined;

  /**
   * @param workOn Works on a key.
   * @param addAgain Adds a BullMQ job for a key that has further jobs.
   * @param onRecovered Called when Redis works again after an error, which may have lost the BullMQ job of a key, or of any.
   */
  constructor(
    context: RedisQueueContext,
    { concurrency, errors }: Pick<OrderedQueueOptions<unknown>, 'concurrency' | 'errors'>,
    workOn: (key: string) => Promise<KeyResult>,
    addAgain: (key: string) => Promise<unknown>,
    onRecovered: (key?: string) => void,
  ) {
    const { bullmq, blockingClient: connection, prefix, name } = context;
    this.#logger = new ThrottledLogger(RedisQueueWorker.name, errors);
    this.#context = context;
    this.#concurrency = concurrency;
    this.#workOn = workOn;
    this.#addAgain = addAgain;
    this.#onRecovered = onRecovered;
    this.#worker = new bullmq.Worker(name, undefined, {
      connection,
      prefix,
      // BullMQ would ask for the version with INFO, which many users may not run.
      skipVersionCheck: true,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    });
    this.#worker.on('error', (error) => this.#logger.debug(this.#logger.describe(error)));
  }

  start(): void {
    void this.#worker.startStalledCheckTimer();
    this.#loop = this.#run();
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#change();
  }

  /** What is not finished after `graceMs` stays active in BullMQ until its lock ends; another process takes it over then. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#pauseTimer);
    this.#closing.abort();
    this.#change();
    const work = Promise.allSettled([...this.#running, ...this.#delayed]);
    await withTimeout(work, graceMs).catch(() => undefined);
    const { shutdown } = this.#context;
    await shutdown.withFallback(this.#worker.waitUntilReady(), undefined);
    await shutdown.withFallback(this.#worker.close(true), undefined);
    await shutdown.withFallback(this.#loop ?? Promise.resolve(), undefined);
  }

  get #canStart(): boolean {
    return !this.#isClosed && !this.#isPaused && this.#pauseTimer === undefined;
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = new Deferred();
  }

  async #run(): Promise<void> {
    let isRefused = false;
    for (let count = 0; !this.#isClosed; count += 1) {
      if (!this.#canStart || this.#running.size >= this.#concurrency) {
        await this.#changed.promise;
        continue;
      }
      try {
        const token = `${this.#worker.id}:${count}`;
        const job = await this.#worker.getNextJob(token);
        if (isRefused) this.#onRecovered();
        isRefused = false;
        this.#backoff.reset();
        if (job) this.#start(job, token);
      } catch (error) {
        this.#logger.debug(`No job was fetched: ${this.#logger.describe(error)}`);
        if (this.#isClosed) return;
        isRefused = true;
        await wait(this.#backoff.nextMs(), undefined, { ref: false });
        await this.#context.readiness.whenUsable();
      }
    }
  }

  #start(job: BullMqJob<{ key: string }>, token: string): void {
    const work = this.#canStart ? this.#process(job, token) : this.#giveBack(job, token);
    this.#track(this.#running, job.data.key, work);
  }

  #track(set: Set<Promise<void>>, key: string, work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => {
        this.#logger.debug(`The work on a key broke off: ${this.#logger.describe(error)}`);
        this.#onRecovered(key);
      })
      .finally(() => {
        set.delete(tracked);
        this.#change();
      });
    set.add(tracked);
  }

  async #process(job: BullMqJob<{ key: string }>, token: string): Promise<void> {
    const { key } = job.data;
    const release = this.#keepLock(job, token);
    let isDelayed = false;
    try {
      const result = await this.#workOnce(key);
      if (result === 'done' || result === 'again') await this.#finish(job, token, result);
      else if ('pauseMs' in result) {
        this.#pauseFor(result.pauseMs);
        await this.#giveBack(job, token);
      } else {
        isDelayed = true;
        const delay = this.#finishLater(job, token, result.delayMs).finally(release);
        this.#track(this.#delayed, key, delay);
      }
    } finally {
      if (!isDelayed) release();
    }
  }

  async #finish(
    job: BullMqJob<{ key: string }>,
    token: string,
    result: 'done' | 'again',
  ): Promise<void> {
    // While the job is active BullMQ keeps the next one back, so the key is never worked on twice at once.
    if (result === 'again') await this.#addAgain(job.data.key);
    await this.#context.shutdown.untilShutdown(() => job.moveToCompleted(undefined, token, false));
  }

  /** When this process ends before, the lock of the job does, and another one waits for what is left of the delay. */
  async #finishLater(
    job: BullMqJob<{ key: string }>,
    token: string,
    delayMs: number,
  ): Promise<void> {
    const { signal } = this.#closing;
    await wait(delayMs, undefined, { signal }).catch(() => undefined);
    await (signal.aborted ? this.#giveBack(job, token) : this.#finish(job, token, 'again'));
  }

  /** Renews the lock of a job until the function that it returns is called. */
  #keepLock(job: BullMqJob, token: string): () => void {
    let isRenewing = false;
    const renewal = setInterval(() => {
      // While Redis is away the one that was asked for waits.
      if (isRenewing) return;
      isRenewing = true;
      void this.#renew(job, token).finally(() => (isRenewing = false));
    }, RENEWAL_MS);
    return () => clearInterval(renewal);
  }

  /** BullMQ may hand out again what this process works on, because Redis was away for longer than the lock. */
  #workOnce(key: string): Promise<KeyResult> {
    const work = this.#keys.get(key) ?? this.#workOn(key).finally(() => this.#keys.delete(key));
    this.#keys.set(key, work);
    return work;
  }

  /** The job goes first when it is fetched next, by whichever process. */
  async #giveBack(job: BullMqJob, token: string): Promise<void> {
    await this.#context.shutdown.untilShutdown(() => job.moveToWait(token));
  }

  async #renew(job: BullMqJob, token: string): Promise<void> {
    try {
      await job.extendLock(token, LOCK_MS);
    } catch (error) {
      this.#logger.debug(`The lock of a job was not renewed: ${this.#logger.describe(error)}`);
    }
  }

  #pauseFor(pauseMs: number): void {
    if (this.#isClosed) return;
    clearTimeout(this.#pauseTimer);
    this.#pauseTimer = setTimeout(() => {
      this.#pauseTimer = undefined;
      this.#change();
    }, pauseMs);
  }
}
