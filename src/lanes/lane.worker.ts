import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { setImmediate as macrotask, setTimeout as wait } from 'node:timers/promises';
import type { Job, Worker } from 'bullmq';
import { Backoff } from '../common/backoff.js';
import { withTimeout } from '../common/with-timeout.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ShutdownAbortedError } from '../redis/shutdown-aborted.error.js';
import { isRedisAnswer } from '../redis/redis-denial.js';
import type { RedisQueueContext } from '../storage/redis/redis-queue-context.js';
import type { LaneCalls } from './lane.calls.js';
import type { JobProcessor } from '../queue/job-processor.interface.js';
import type { OrderedQueueOptions } from '../queue/ordered-queue.js';
import { LaneShift } from './lane.shift.js';
import type { RedisLaneStore } from './redis-lane.store.js';
import type { LineState, TurnEnd } from './redis-lane.interface.js';
import { RedisLaneTurn } from './redis-lane.turn.js';
import type { RedisJobBatch } from '../storage/redis/redis-job-batch.js';
import type { WaitingCount } from '../queue/waiting-count.js';

/** A killed worker is known by the end of its lock, and its lanes are free at the check after that. */
const LOCK_MS = 8_000;
const STALLED_CHECK_MS = 3_000;
/** BullMQ's own renewal ends for an hour with a clock that is set back by an hour. */
const RENEWAL_MS = 3_000;
/** After so long BullMQ asks Redis how long the rest still is: it counts it by a clock that may be set back meanwhile. */
const MOST_REST_MS = 5_000;
/** When a call that could not be answered, such as while Redis starts, is answered again. */
const FAILED_CALL_MS = 1_000;
/** One job for the shift, one to hear of what others have no room for, and one if the shift's own comes again. */
const JOBS_AT_ONCE = 3;
/** How long a call is kept that comes while there is no room, before others get it. */
const CALL_KEPT_MS = 100;
/** How long a process without room hears nothing then, so that it is others who get it. */
const DEAF_MS = 1_000;
/**
 * For how long a worker that has put a lane off gives calls back, once the lane is due: BullMQ would most
 * often choose the same worker again, and others may have what it lacks.
 */
const LEFT_MS = 50;
/** When nothing has been refused for so long, the next refusal has nothing to do with it. */
const CALM_MS = 60_000;

/** Answers the calls of a queue in this process: works on lanes until none is ready. */
export class LaneWorker<T> {
  readonly #logger: ThrottledLogger;
  /** Runs what belongs to no request of the app, though one has set it going. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();
  readonly #context: RedisQueueContext;
  readonly #options: OrderedQueueOptions<T>;
  readonly #store: RedisLaneStore<T>;
  readonly #calls: LaneCalls;
  readonly #turn: RedisLaneTurn<T>;
  readonly #worker: Worker;
  readonly #waiting: WaitingCount;
  readonly #answers = new Set<Promise<void>>();
  readonly #renewals = new Set<Job>();
  #shift: LaneShift<T> | undefined;
  #leavesUntilMs = 0;
  #isStopped: boolean;
  /** Whether it asks Redis for nothing, because that has answered with an error. */
  #isHeld = false;
  readonly #heldFor = new Backoff();
  #heldUntilMs = Number.NEGATIVE_INFINITY;

  /**
   * @param store One that waits for Redis: what has been handled must be taken off however long Redis is
   * away, or it is done again.
   */
  constructor(
    context: RedisQueueContext,
    options: OrderedQueueOptions<T>,
    parts: {
      readonly store: RedisLaneStore<T>;
      readonly calls: LaneCalls;
      readonly consumer: JobProcessor<T>;
      readonly isPaused: boolean;
      readonly waiting: WaitingCount;
    },
  ) {
    const { bullmq, patient: connection, prefix, name } = context;
    this.#logger = new ThrottledLogger(LaneWorker.name, options.errors);
    this.#context = context;
    this.#options = options;
    this.#store = parts.store;
    this.#calls = parts.calls;
    this.#turn = new RedisLaneTurn(parts.consumer, options.retry, options.errors);
    this.#waiting = parts.waiting;
    this.#isStopped = parts.isPaused;
    this.#worker = new bullmq.Worker(name, (job, token) => this.#track(job, token), {
      connection,
      prefix,
      // It would ask with INFO, which many users may not.
      skipVersionCheck: true,
      concurrency: JOBS_AT_ONCE,
      // A rate limit is kept only by workers that have one; this one is never met.
      limiter: { max: 1_000_000_000, duration: 1 },
      maximumRateLimitDelay: MOST_REST_MS,
      lockDuration: LOCK_MS,
      skipLockRenewal: true,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    });
    this.#worker.on('error', (error) => {
      this.#logger.debug(this.#logger.describe(error));
      if (isRedisAnswer(error)) void this.#hold();
    });
    if (this.#isStopped) void this.#worker.pause(true);
  }

  /** Sees to it that somebody looks at lanes that are ready. */
  async heed(line: LineState): Promise<void> {
    if (line === 'empty') return;
    if (this.#shift?.hasRoom) this.#shift.look();
    else if (line === 'unheeded') await this.#calls.make();
  }

  async pause(): Promise<void> {
    this.#isStopped = true;
    this.#shift?.look();
    await this.#worker.pause(true);
  }

  async resume(): Promise<void> {
    this.#isStopped = false;
    this.#shift?.look();
    await this.#goOn();
  }

  async #goOn(): Promise<void> {
    if (this.#isStopped || this.#isHeld) return;
    await this.#worker.resume();
    // BullMQ's loop does not hear it that is just about to end because of the pause.
    await macrotask();
    if (this.#isStopped || this.#isHeld || this.#worker.isRunning()) return;
    this.#outsideRequests(() => this.#worker.run()).catch((error: unknown) => {
      this.#logger.debug(this.#logger.describe(error));
    });
  }

  /** Resolves when it is paused and connected: one that is closed before leaves a rejection to nobody. */
  async settle(): Promise<void> {
    await Promise.all([this.pause(), this.#worker.waitUntilReady()]);
  }

  /** Ends it; what is not finished after `graceMs` stays active in Redis until its lock ends, and is taken over then. */
  async close(graceMs: number): Promise<void> {
    const isStill = await withTimeout(Promise.allSettled(this.#answers), graceMs).then(
      () => true,
      () => false,
    );
    await this.#context.farewell.withFallback(this.#worker.close(!isStill), undefined);
  }

  /** BullMQ asks again at once, however Redis has answered. So it gets a pause, and begins when that is of use. */
  async #hold(): Promise<void> {
    if (this.#isHeld) return;
    this.#isHeld = true;
    if (performance.now() - this.#heldUntilMs > CALM_MS) this.#heldFor.reset();
    await Promise.all([
      this.#worker.pause(true),
      wait(this.#heldFor.nextMs(), undefined, { ref: false }),
    ]);
    await this.#context.readiness.whenUsable();
    this.#isHeld = false;
    this.#heldUntilMs = performance.now();
    await this.#goOn();
  }

  async #track(job: Job, token = ''): Promise<void> {
    const answer = this.#answerOrWait(job, token);
    this.#answers.add(answer);
    const renewal = setInterval(() => void this.#renew(job, token), RENEWAL_MS);
    try {
      await answer;
    } catch (error) {
      if (isRedisAnswer(error)) void this.#hold();
      throw error;
    } finally {
      clearInterval(renewal);
      this.#answers.delete(answer);
    }
  }

  /** While Redis is away, what is asked waits, so it is not asked again. */
  async #renew(job: Job, token: string): Promise<void> {
    if (this.#renewals.has(job)) return;
    this.#renewals.add(job);
    try {
      await job.extendLock(token, LOCK_MS);
    } catch (error) {
      this.#logger.debug(
        `The lock of job ${job.id} was not renewed: ${this.#logger.describe(error)}`,
      );
    } finally {
      this.#renewals.delete(job);
    }
  }

  /** One that fails is not handed back at once, or it would come again at once. */
  async #answerOrWait(job: Job, token: string): Promise<void> {
    try {
      await this.#answer(job, token);
    } catch (error) {
      const isEnding = this.#isStopped || error instanceof ShutdownAbortedError;
      const isHandedBack = error instanceof this.#context.bullmq.RateLimitError;
      if (!isEnding && !isHandedBack) await wait(FAILED_CALL_MS);
      throw error;
    }
  }

  async #answer(job: Job, token: string): Promise<void> {
    const { bullmq } = this.#context;
    // BullMQ may hand out one that it was fetching when it was paused: it goes back, to whoever is left.
    if (this.#isStopped) throw new bullmq.RateLimitError();
    const id = job.id ?? '';
    const shift = this.#shift;
    if (!shift && performance.now() < this.#leavesUntilMs) return this.#leaveToOthers(id, token);
    if (!shift) return this.#work(id, token);
    if (shift.job === id) {
      // BullMQ took it for dead: its lock ended while Redis was away. With this answer it ends for good.
      await shift.over;
      return this.heed(await this.#store.abandon(id, token));
    }
    // It may be that of a shift whose process has died.
    await this.#store.abandon(id, token);
    await shift.whenFree(CALL_KEPT_MS);
    if (shift.isOver) return this.#answer(job, token);
    if (shift.hasRoom) return shift.look();
    await this.#calls.make();
    await shift.whenFree(DEAF_MS);
  }

  /** Calls others, and hears nothing meanwhile. */
  async #leaveToOthers(job: string, token: string): Promise<void> {
    // It may be that of a shift whose process has died.
    await this.#store.abandon(job, token);
    await this.#calls.make();
    await wait(LEFT_MS);
  }

  /** Works on lanes until none is ready. */
  async #work(job: string, token: string): Promise<void> {
    const { concurrency, batchSize } = this.#options;
    const shift = new LaneShift<T>({
      store: this.#store,
      calls: this.#calls,
      errors: this.#options.errors,
      key: { job, fence: randomUUID() },
      token,
      concurrency,
      batchSize,
      isStopped: () => this.#isStopped,
      takeTurn: (batch) => this.#takeTurn(batch),
    });
    this.#shift = shift;
    let restMs: number;
    try {
      restMs = await shift.work();
    } finally {
      this.#shift = undefined;
      // Told of lanes when it had ended already, or before it could begin.
      if (shift.isWanted) await this.#calls.make();
    }
    if (shift.leavesLanes) this.#leavesUntilMs = performance.now() + LEFT_MS;
    if (restMs > 0) {
      await this.#calls.hold(restMs);
      throw new this.#context.bullmq.RateLimitError();
    }
  }

  async #takeTurn(batch: RedisJobBatch<T>): Promise<TurnEnd> {
    const end = await this.#outsideRequests(() => this.#turn.take(batch));
    this.#waiting.remove(end.done);
    return end;
  }
}
