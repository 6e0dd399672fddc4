import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock, Timer } from '../../common/clock.js';
import { DedupSet } from '../../common/dedup-set.js';
import { setDeadline } from '../../common/deadline.js';
import { SafeLogger } from '../../common/safe-logger.js';
import { TtlMap } from '../../common/ttl-map.js';
import { compareDeadLetters, type DeadLetterPage } from '../../queue/dead-letter-page.js';
import { Deferred } from '../../queue/deferred.js';
import type { DeadJob, Job } from '../../queue/job.interface.js';
import type { JobProcessor } from '../../queue/job-processor.interface.js';
import {
  OrderedQueue,
  type EnqueueResult,
  type OrderedQueueOptions,
} from '../../queue/ordered-queue.js';
import { processBatch } from '../../queue/process-batch.js';
import { QueueClosedError } from '../../queue/queue-closed.error.js';
import { MemoryKeyJobs } from './memory-key-jobs.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const ID_TTL_MS = DAY_MS;
const DEAD_LETTER_TTL_MS = 30 * DAY_MS;

/** A queue in this process: nothing is shared with other instances, and all is gone when it ends. */
export class MemoryOrderedQueue<T, P = unknown> extends OrderedQueue<T, P> {
  readonly #logger: SafeLogger;
  /** Runs what belongs to no request of the app, though one has started it. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();
  readonly #clock: Clock;
  readonly #options: OrderedQueueOptions<T, P>;
  readonly #keys = new Map<string, MemoryKeyJobs<T, P>>();
  /** Keys that are ready to be worked on. */
  readonly #ready: Array<MemoryKeyJobs<T, P>> = [];
  /** Of each job that is not done. */
  readonly #pending = new Map<string, Deferred>();
  readonly #knownIds: DedupSet;
  readonly #dead: TtlMap<DeadJob<T, P>>;
  #processor: JobProcessor<T, P> | undefined;
  #running = 0;
  #pauseTimer: Timer | undefined;
  #isPaused = false;
  #isClosed = false;
  #onIdle: (() => void) | undefined;

  constructor(clock: Clock, options: OrderedQueueOptions<T, P>) {
    super();
    this.#logger = new SafeLogger(MemoryOrderedQueue.name, options.errors);
    this.#clock = clock;
    this.#options = options;
    this.#knownIds = new DedupSet(clock, ID_TTL_MS);
    this.#dead = new TtlMap(clock, DEAD_LETTER_TTL_MS);
  }

  enqueue(key: string, id: string, payload: T): Promise<EnqueueResult> {
    if (this.#isClosed) return Promise.reject(new QueueClosedError());
    const pending = this.#pending.get(id)?.promise;
    if (pending ?? !this.#knownIds.add(id)) {
      return Promise.resolve({ isDuplicate: true, persisted: pending ?? Promise.resolve() });
    }
    const { promise: persisted } = this.#append(key, { id, payload, attempts: 0 });
    return Promise.resolve({ isDuplicate: false, persisted });
  }

  process(processor: JobProcessor<T, P>): void {
    this.#processor = processor;
    this.#startReady();
  }

  pause(): Promise<void> {
    this.#isPaused = true;
    return Promise.resolve();
  }

  resume(): Promise<void> {
    this.#isPaused = false;
    this.#startReady();
    return Promise.resolve();
  }

  deadLetters({ limit, after }: DeadLetterPage = {}): Promise<DeadJob<T, P>[]> {
    const letters = this.#dead
      .values()
      .map((letter) => ({ letter, place: { failedAtMs: letter.failedAtMs, id: letter.job.id } }))
      .filter(({ place }) => !after || compareDeadLetters(place, after) > 0)
      .toSorted((one, other) => compareDeadLetters(one.place, other.place));
    return Promise.resolve(letters.slice(0, limit).map(({ letter }) => letter));
  }

  countDeadLetters(): Promise<number> {
    return Promise.resolve(this.#dead.values().length);
  }

  retryDeadLetter(id: string): Promise<boolean> {
    const letter = this.#dead.get(id);
    if (!letter) return Promise.resolve(false);
    this.#dead.delete(id);
    this.#append(letter.key, { ...letter.job, attempts: 0 });
    return Promise.resolve(true);
  }

  discardDeadLetter(id: string): Promise<boolean> {
    return Promise.resolve(this.#dead.delete(id));
  }

  async close(graceMs: number): Promise<readonly string[]> {
    this.#isClosed = true;
    if (!this.#isIdle) {
      await new Promise<void>((resolve) => {
        const grace = setDeadline(this.#clock, graceMs, resolve);
        this.#onIdle = () => (grace.cancel(), resolve());
      });
    }
    this.#isPaused = true;
    this.#pauseTimer?.cancel();
    for (const key of this.#keys.values()) key.retryTimer?.cancel();
    for (const pending of this.#pending.values()) pending.reject(new QueueClosedError());
    return [...this.#keys.keys()];
  }

  #append(name: string, job: Job<T, P>): Deferred {
    const key = this.#keys.get(name) ?? new MemoryKeyJobs<T, P>(name);
    this.#keys.set(name, key);
    key.jobs.push(job);
    const pending = new Deferred();
    this.#pending.set(job.id, pending);
    if (!key.isBusy && !key.retryTimer) this.#makeReady(key);
    return pending;
  }

  #makeReady(key: MemoryKeyJobs<T, P>): void {
    key.isBusy = true;
    this.#ready.push(key);
    this.#startReady();
  }

  #startReady(): void {
    while (this.#canStart && this.#running < this.#options.concurrency) {
      const key = this.#takeReady();
      const processor = this.#processor;
      if (!key || !processor) return;
      this.#running += 1;
      void this.#outsideRequests(() => this.#workOn(key, processor));
    }
  }

  /** The first one of the highest priority. */
  #takeReady(): MemoryKeyJobs<T, P> | undefined {
    const { priorityOf } = this.#options;
    if (!priorityOf) return this.#ready.shift();
    const priorities = this.#ready.map(({ jobs: [head] }) => (head ? priorityOf(head) : 0));
    const highest = priorities.reduce((one, other) => Math.min(one, other), Infinity);
    return this.#ready.splice(priorities.indexOf(highest), 1)[0];
  }

  async #workOn(key: MemoryKeyJobs<T, P>, processor: JobProcessor<T, P>): Promise<void> {
    const { batchSize, retry } = this.#options;
    const batch = key.batch(batchSize, (job, reason) => this.#remove(key.key, job, reason));
    const { next, waitMs } = await processBatch(processor, batch, retry, this.#logger);
    if (next === 'delayed' && key.jobs.length > 0) this.#delay(key, waitMs);
    else {
      if (next === 'paused') this.#pauseFor(waitMs);
      this.#release(key, next === 'paused' ? 'first' : 'last');
    }
    this.#running -= 1;
    this.#startReady();
    if (this.#isIdle) this.#onIdle?.();
  }

  #delay(key: MemoryKeyJobs<T, P>, delayMs: number): void {
    key.isBusy = false;
    if (this.#isClosed) return;
    key.retryTimer = this.#clock.setTimer(() => {
      key.retryTimer = undefined;
      this.#makeReady(key);
    }, delayMs);
  }

  #release(key: MemoryKeyJobs<T, P>, place: 'first' | 'last'): void {
    key.isBusy = key.jobs.length > 0;
    if (!key.isBusy) this.#keys.delete(key.key);
    else if (place === 'first') this.#ready.unshift(key);
    else this.#ready.push(key);
  }

  #remove(key: string, job: Job<T, P>, reason?: string): void {
    const failedAtMs = this.#clock.now();
    if (reason !== undefined) this.#dead.set(job.id, { key, job, reason, failedAtMs });
    this.#pending.get(job.id)?.resolve();
    this.#pending.delete(job.id);
  }

  #pauseFor(pauseMs: number): void {
    if (this.#isClosed) {
      // The pause would outlast the queue.
      this.#isPaused = true;
      return;
    }
    this.#pauseTimer?.cancel();
    this.#pauseTimer = this.#clock.setTimer(() => {
      this.#pauseTimer = undefined;
      this.#startReady();
    }, pauseMs);
  }

  get #canStart(): boolean {
    return this.#processor !== undefined && !this.#isPaused && !this.#pauseTimer;
  }

  get #isIdle(): boolean {
    return this.#running === 0 && !(this.#canStart && this.#ready.length > 0);
  }
}
