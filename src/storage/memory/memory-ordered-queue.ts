import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock, Timer } from '../../common/clock.js';
import { setDeadline } from '../../common/deadline.js';
import { toError } from '../../errors/index.js';
import { SafeLogger } from '../../common/safe-logger.js';
import { TtlMap } from '../../common/ttl-map.js';
import { DedupSet } from '../../common/dedup-set.js';
import { Deferred } from '../../queue/deferred.js';
import { QueueClosedError } from '../../queue/queue-closed.error.js';
import { UnrecoverableError } from '../../queue/unrecoverable.error.js';
import { compareDeadLetters, type DeadLetterPage } from '../../queue/dead-letter-page.js';
import type { DeadJob, Job } from '../../queue/job.interface.js';
import type { JobProcessor, Pause } from '../../queue/job-processor.interface.js';
import {
  delayAfter,
  OrderedQueue,
  type EnqueueResult,
  type OrderedQueueOptions,
} from '../../queue/ordered-queue.js';
import { MemoryJobList } from './memory-job-list.js';
import { ReadyKeys } from './ready-keys.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const SEEN_LIFE_MS = DAY_MS;
const DEAD_LETTER_LIFE_MS = 30 * DAY_MS;

/** Lanes in this process: nothing is shared with other instances, and all is gone when it ends. */
export class MemoryOrderedQueue<T> extends OrderedQueue<T> {
  readonly #logger: SafeLogger;
  /** Runs what belongs to no request of the app, though one has set it going. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();
  readonly #clock: Clock;
  readonly #options: OrderedQueueOptions<T>;
  readonly #lanes = new Map<string, MemoryJobList<T>>();
  /** Lanes that have work and wait for a free handler, each once, in turn. */
  readonly #ready: ReadyKeys<T>;
  readonly #unhandled = new Map<string, Deferred>();
  readonly #seen: DedupSet;
  readonly #dead: TtlMap<DeadJob<T>>;
  #consumer: JobProcessor<T> | undefined;
  #running = 0;
  #rest: Timer | undefined;
  #paused = false;
  #closed = false;
  #onStill: (() => void) | undefined;

  constructor(clock: Clock, options: OrderedQueueOptions<T>) {
    super();
    this.#logger = new SafeLogger(MemoryOrderedQueue.name, options.errors);
    this.#clock = clock;
    this.#options = options;
    this.#ready = new ReadyKeys<T>(options.priorityOf);
    this.#seen = new DedupSet(clock, SEEN_LIFE_MS);
    this.#dead = new TtlMap(clock, DEAD_LETTER_LIFE_MS);
  }

  enqueue(lane: string, id: string, payload: T): Promise<EnqueueResult> {
    if (this.#closed) return Promise.reject(new QueueClosedError());
    const unhandled = this.#unhandled.get(id);
    if (unhandled) return Promise.resolve({ isNew: false, persisted: unhandled.promise });
    if (!this.#seen.add(id)) return Promise.resolve({ isNew: false, persisted: Promise.resolve() });
    const { promise: persisted } = this.#append(lane, { id, payload, attempts: 0 });
    return Promise.resolve({ isNew: true, persisted });
  }

  process(consumer: JobProcessor<T>): void {
    this.#consumer = consumer;
    this.#pump();
  }

  pause(): Promise<void> {
    this.#paused = true;
    return Promise.resolve();
  }

  resume(): Promise<void> {
    this.#paused = false;
    this.#pump();
    return Promise.resolve();
  }

  deadLetters({ limit, after }: DeadLetterPage = {}): Promise<DeadJob<T>[]> {
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

  async retryDeadLetter(id: string): Promise<boolean> {
    const letter = this.#dead.get(id);
    if (!letter) return false;
    this.#dead.delete(id);
    this.#append(letter.key, { ...letter.job, attempts: 0 });
    return true;
  }

  discardDeadLetter(id: string): Promise<boolean> {
    return Promise.resolve(this.#dead.delete(id));
  }

  async close(graceMs: number): Promise<readonly string[]> {
    this.#closed = true;
    if (!this.#isStill()) {
      await new Promise<void>((resolve) => {
        const grace = setDeadline(this.#clock, graceMs, resolve);
        this.#onStill = () => (grace.cancel(), resolve());
      });
    }
    this.#paused = true;
    this.#rest?.cancel();
    for (const lane of this.#lanes.values()) lane.retry?.cancel();
    for (const unhandled of this.#unhandled.values()) unhandled.reject(new QueueClosedError());
    return [...this.#lanes.keys()];
  }

  #append(name: string, item: Job<T>): Deferred {
    const lane = this.#lanes.get(name) ?? new MemoryJobList<T>(name);
    this.#lanes.set(name, lane);
    lane.items.push(item);
    const unhandled = new Deferred();
    this.#unhandled.set(item.id, unhandled);
    if (!lane.busy && !lane.retry) this.#lineUp(lane);
    return unhandled;
  }

  #lineUp(lane: MemoryJobList<T>): void {
    lane.busy = true;
    this.#ready.push(lane);
    this.#pump();
  }

  #pump(): void {
    while (this.#canWork() && this.#running < this.#options.concurrency) {
      const lane = this.#ready.shift();
      if (!lane || !this.#consumer) return;
      this.#running += 1;
      const consumer = this.#consumer;
      void this.#outsideRequests(() => this.#work(lane, consumer));
    }
  }

  async #work(lane: MemoryJobList<T>, consumer: JobProcessor<T>): Promise<void> {
    const batch = lane.batch(this.#options.batchSize, (id) => this.#settle(id));
    try {
      const rest = await consumer.process(batch);
      if (!rest) batch.completeRest();
      this.#goOn(lane, rest ?? { pauseMs: 0 });
    } catch (error) {
      if (!batch.isDone) await this.#fail(lane, consumer, toError(error));
      else this.#releaseAfterLateError(lane, toError(error));
    }
    this.#running -= 1;
    this.#pump();
    if (this.#isStill()) this.#onStill?.();
  }

  #goOn(lane: MemoryJobList<T>, { pauseMs: restMs, keyOnly: laneOnly }: Pause): void {
    if (restMs > 0 && laneOnly && lane.items.length > 0) {
      this.#postpone(lane, restMs);
      return;
    }
    const isStopped = restMs > 0 && !laneOnly;
    if (isStopped) this.#restFor(restMs);
    // Behind all others, unless the rest has cut its turn short.
    this.#release(lane, isStopped ? 'first' : 'last');
  }

  #postpone(lane: MemoryJobList<T>, delayMs: number): void {
    lane.busy = false;
    if (this.#closed) return;
    lane.retry = this.#clock.setTimer(() => {
      lane.retry = undefined;
      this.#lineUp(lane);
    }, delayMs);
  }

  #release(lane: MemoryJobList<T>, place: 'first' | 'last'): void {
    lane.busy = lane.items.length > 0;
    if (!lane.busy) this.#lanes.delete(lane.name);
    else if (place === 'first') this.#ready.unshift(lane);
    else this.#ready.push(lane);
  }

  /** All that was handed out is done, so the error is no item's: it must not cost the next one an attempt. */
  #releaseAfterLateError(lane: MemoryJobList<T>, error: Error): void {
    this.#logger.errorWithStack('A lane handler failed after it had completed its items', error);
    this.#release(lane, 'last');
  }

  async #fail(lane: MemoryJobList<T>, consumer: JobProcessor<T>, error: Error): Promise<void> {
    const [item] = lane.items;
    if (!item) return;
    const failed = { ...item, attempts: item.attempts + 1 };
    lane.items[0] = failed;
    const { retry } = this.#options;
    const isLast = failed.attempts >= retry.attempts || error instanceof UnrecoverableError;
    if (isLast && (await this.#bury(lane, consumer, failed, error))) {
      return this.#release(lane, 'last');
    }
    this.#postpone(lane, delayAfter(retry, failed.attempts));
  }

  /** False when the consumer could not take notice of it: then the item stays, to be tried again. */
  async #bury(
    lane: MemoryJobList<T>,
    consumer: JobProcessor<T>,
    item: Job<T>,
    error: Error,
  ): Promise<boolean> {
    try {
      await consumer.onFailed({ key: lane.name, job: item, error });
    } catch (burialError) {
      this.#logger.error(
        `Could not give up an item: ${this.#logger.describe(burialError)}; trying it again`,
      );
      return false;
    }
    lane.items.shift();
    const diedAtMs = this.#clock.now();
    this.#dead.set(item.id, {
      key: lane.name,
      job: item,
      reason: this.#logger.describe(error),
      failedAtMs: diedAtMs,
    });
    this.#settle(item.id);
    return true;
  }

  #settle(id: string): void {
    this.#unhandled.get(id)?.resolve();
    this.#unhandled.delete(id);
  }

  #restFor(restMs: number): void {
    if (this.#closed) {
      // The rest would outlast the queue.
      this.#paused = true;
      return;
    }
    this.#rest?.cancel();
    this.#rest = this.#clock.setTimer(() => {
      this.#rest = undefined;
      this.#pump();
    }, restMs);
  }

  #canWork(): boolean {
    return this.#consumer !== undefined && !this.#paused && !this.#rest;
  }

  #isStill(): boolean {
    return this.#running === 0 && !(this.#canWork() && this.#ready.length > 0);
  }
}
