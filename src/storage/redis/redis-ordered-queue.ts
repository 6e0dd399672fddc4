import { AsyncLocalStorage } from 'node:async_hooks';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import type { RedisQueueContext } from './redis-queue-context.js';
import { GatheredCall } from '../../lanes/gathered.call.js';
import { QueueClosedError } from '../../queue/queue-closed.error.js';
import type { DeadLetterPage } from '../../queue/dead-letter-page.js';
import type { DeadJob } from '../../queue/job.interface.js';
import { LaneCalls } from '../../lanes/lane.calls.js';
import type { JobProcessor } from '../../queue/job-processor.interface.js';
import {
  OrderedQueue,
  type EnqueueResult,
  type OrderedQueueOptions,
} from '../../queue/ordered-queue.js';
import { LaneWorker } from '../../lanes/lane.worker.js';
import { RedisDeadLetters } from '../../lanes/redis-dead.letters.js';
import { RedisLaneStore } from '../../lanes/redis-lane.store.js';
import { WaitingCount } from '../../queue/waiting-count.js';
import type { LanePlacement, LineState } from '../../lanes/redis-lane.interface.js';

/** Few enough that Redis is done with them in a millisecond or two. */
const MOST_PUSHES_AT_ONCE = 100;
/** With so many, Redis works on one call while this process prepares the next. */
const PUSHES_FOR_A_SECOND_CALL = 25;
/** A push whose call was lost, because the process ended between the two, waits no longer. */
const SWEEP_MS = 60_000;
/** When a look through the lanes fails, it comes back. */
const FAILED_SWEEP_MS = 1_000;
const DEAD_LETTER_LIFE_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Lanes in Redis, shared by all processes of a desk. A BullMQ job is a call to look at the lanes. Who
 * answers it works on them until none is ready, and holds them in the name of that job.
 */
export class RedisOrderedQueue<T> extends OrderedQueue<T> {
  /** What waits in it, as far as this process knows. */
  readonly waiting = new WaitingCount();
  readonly #logger: ThrottledLogger;
  /** Runs what belongs to no request of the app, though one has set it going. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();
  readonly #context: RedisQueueContext;
  readonly #options: OrderedQueueOptions<T>;
  readonly #store: RedisLaneStore<T>;
  readonly #dead: RedisDeadLetters<T>;
  readonly #calls: LaneCalls;
  readonly #pushes: GatheredCall<LanePlacement<T>, { fresh: boolean; line: LineState }>;
  #worker: LaneWorker<T> | undefined;
  #sweep: NodeJS.Timeout | undefined;
  #nextSweep: NodeJS.Timeout | undefined;
  #isPaused = false;
  #isClosed = false;

  constructor(context: RedisQueueContext, options: OrderedQueueOptions<T>) {
    super();
    const { client, prefix, name } = context;
    this.#logger = new ThrottledLogger(RedisOrderedQueue.name, options.errors);
    this.#context = context;
    this.#options = options;
    this.#store = new RedisLaneStore<T>(client, `${prefix}:${name}:`, options.priorityOf);
    this.#dead = new RedisDeadLetters<T>(client, `${prefix}:${name}:`, this.#store);
    this.#calls = new LaneCalls(context, options.errors);
    this.#pushes = new GatheredCall((pushes) => this.#store.push(pushes), {
      mostAtOnce: MOST_PUSHES_AT_ONCE,
      enoughForTwo: PUSHES_FOR_A_SECOND_CALL,
      kindOf: ({ lane }) => lane,
    });
  }

  async enqueue(lane: string, id: string, payload: T): Promise<EnqueueResult> {
    if (this.#isClosed) throw new QueueClosedError();
    await this.#context.readiness.assertReady();
    const item = { id, payload, attempts: 0 };
    const { fresh, line } = await this.#pushes.ask({ lane, item });
    if (fresh) this.waiting.add(1);
    await this.#heed(line);
    return { isNew: fresh, persisted: Promise.resolve() };
  }

  process(consumer: JobProcessor<T>): void {
    void this.#outsideRequests(() => this.#consumeWhenUsable(consumer));
  }

  async #consumeWhenUsable(consumer: JobProcessor<T>): Promise<void> {
    const { patient, prefix, name, farewell, readiness } = this.#context;
    await readiness.whenUsable();
    // First: a worker that takes up the same lanes meanwhile would have somebody called for nothing.
    await this.#sweepLanes();
    if (this.#isClosed) return;
    const { priorityOf } = this.#options;
    const store = new RedisLaneStore<T>(patient, `${prefix}:${name}:`, priorityOf, farewell);
    const parts = {
      store,
      calls: this.#calls,
      consumer,
      isPaused: this.#isPaused,
      waiting: this.waiting,
    };
    this.#worker = new LaneWorker(this.#context, this.#options, parts);
    this.#sweep = setInterval(() => void this.#sweepLanes(), SWEEP_MS).unref();
  }

  async pause(): Promise<void> {
    this.#isPaused = true;
    await this.#worker?.pause();
  }

  async resume(): Promise<void> {
    this.#isPaused = false;
    await this.#worker?.resume();
  }

  deadLetters(page?: DeadLetterPage): Promise<Array<DeadJob<T>>> {
    return this.#dead.list(page);
  }

  countDeadLetters(): Promise<number> {
    return this.#dead.count();
  }

  async retryDeadLetter(id: string): Promise<boolean> {
    const { isThere, line } = await this.#dead.revive(id);
    if (isThere) this.waiting.add(1);
    await this.#heed(line);
    return isThere;
  }

  discardDeadLetter(id: string): Promise<boolean> {
    return this.#dead.discard(id);
  }

  async close(graceMs: number): Promise<readonly string[]> {
    this.#isClosed = true;
    clearInterval(this.#sweep);
    clearTimeout(this.#nextSweep);
    const { client, farewell } = this.#context;
    // Before anything waits for work that waits for a Redis that is away.
    const settled = this.#worker?.settle() ?? Promise.resolve();
    await farewell.withFallback<unknown>(Promise.all([client.ping(), settled]), undefined);
    await this.#worker?.close(graceMs);
    const lanes = await farewell.withFallback<string[]>(this.#store.lanes(), []);
    await farewell.withFallback(this.#calls.close(), undefined);
    return lanes;
  }

  /** Sees to it that somebody looks at lanes that are ready. */
  async #heed(line: LineState): Promise<void> {
    if (this.#worker) await this.#worker.heed(line);
    else if (line === 'unheeded') await this.#calls.make();
  }

  /** Finds what a process left undone that ended between two steps, and forgets what died long ago. */
  async #sweepLanes(): Promise<void> {
    await this.#context.readiness.whenUsable();
    if (this.#isClosed) return;
    try {
      for (const job of await this.#store.shifts()) {
        if (!(await this.#calls.knows(job))) await this.#store.abandon(job);
      }
      await this.#heed(await this.#store.look());
      void this.#forgetDead();
    } catch (error) {
      this.#logger.debug(`The lanes were not looked through: ${this.#logger.describe(error)}`);
      if (this.#isClosed) return;
      clearTimeout(this.#nextSweep);
      this.#nextSweep = setTimeout(() => void this.#sweepLanes(), FAILED_SWEEP_MS).unref();
    }
  }

  async #forgetDead(): Promise<void> {
    try {
      await this.#dead.forget((await this.#store.nowMs()) - DEAD_LETTER_LIFE_MS);
    } catch (error) {
      this.#logger.debug(`Old dead letters were not forgotten: ${this.#logger.describe(error)}`);
    }
  }
}
