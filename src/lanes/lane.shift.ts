import { setImmediate as macrotask, setTimeout as wait } from 'node:timers/promises';
import { withTimeout } from '../common/with-timeout.js';
import { toError, type ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from '../common/safe-logger.js';
import { ShutdownAbortedError } from '../redis/shutdown-aborted.error.js';
import { Deferred } from '../queue/deferred.js';
import type { LaneCalls } from './lane.calls.js';
import { LeaseLostError } from '../queue/lease-lost.error.js';
import { RedisJobBatch } from '../storage/redis/redis-job-batch.js';
import type { RedisLaneStore } from './redis-lane.store.js';
import type { Deal, DealLimits, ShiftKey, TurnCall, TurnEnd } from './redis-lane.interface.js';

/** A timer must not end before Redis, which counts in whole milliseconds, says that a lane is due. */
const DUE_MARGIN_MS = 5;

/** When Redis is asked again that refused something, such as while it starts. */
const RETRY_MS = 1_000;

/** What a {@link LaneShift} works with. */
export interface LaneShiftParts<T> {
  readonly store: RedisLaneStore<T>;
  readonly calls: LaneCalls;
  readonly key: ShiftKey;
  /** Of the lock of its job. */
  readonly token: string;
  /** The most lanes worked on at once. */
  readonly concurrency: number;
  readonly errors?: ErrorDescriber | undefined;
  /** The most items of a lane handed out at once. */
  readonly batchSize: number;
  /** Whether no further lane is to be taken. */
  readonly isStopped: () => boolean;
  readonly takeTurn: (batch: RedisJobBatch<T>) => Promise<TurnEnd>;
}

/**
 * The work of one process from when lanes are ready until none is, and none waits to be tried again. It
 * lives in one BullMQ job: when the process dies, somebody else gets the job, and goes on with the lanes
 * that it held, or waited for. So no wait depends on the clocks of the processes.
 */
export class LaneShift<T> {
  readonly #logger: SafeLogger;
  readonly #parts: LaneShiftParts<T>;
  /** How many lanes are being worked on. */
  #working = 0;
  /** Lanes whose turn is over, and that are to be handed back. */
  #ends: TurnEnd[] = [];
  /** The number of its last call. */
  #lastCall = 0;
  #isWanted = false;
  #isOver = false;
  #leavesLanes = false;
  /** Runs until a lane is due that waits to be tried again. */
  #untilDue: NodeJS.Timeout | undefined;
  #isDue = false;
  #failure: Error | undefined;
  #hasToldOfFailure = false;
  /** Resolves when there is something to do. */
  #stirred = new Deferred();
  #freed: Deferred | undefined;
  readonly #over = new Deferred();

  constructor(parts: LaneShiftParts<T>) {
    this.#logger = new SafeLogger(LaneShift.name, parts.errors);
    this.#parts = parts;
  }

  /** The job that it lives in. */
  get job(): string {
    return this.#parts.key.job;
  }

  /** Resolves when it holds nothing and takes nothing more. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  /** Whether it has ended, as {@link over} tells. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether it has ended so that others may take the lanes that it had put off, and that are due. */
  get leavesLanes(): boolean {
    return this.#leavesLanes;
  }

  /** Whether lanes have become ready that it has not looked at. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  /** Whether it can take a further lane. */
  get hasRoom(): boolean {
    return !this.#isOver && this.#room > 0;
  }

  /**
   * Works until no lane is ready, and none waits to be tried again.
   *
   * @returns For how many milliseconds all lanes are to be left alone, if nothing was done for that.
   * @throws When it was lost, or the process ends while Redis is away. What it held stays with its job.
   */
  async work(): Promise<number> {
    const { store, calls, key, token } = this.#parts;
    try {
      const first = await store.begin(key, this.#limits, token);
      if (first.lanes.length === 0 && (first.restMs > 0 || first.dueInMs === undefined)) {
        if (first.restMs === 0 && first.line === 'unheeded') await calls.make();
        return first.restMs;
      }
      this.#await(first);
      this.#handOut(first);
      while (await this.#goOn());
      if (this.#failure) throw this.#failure;
      return 0;
    } finally {
      clearTimeout(this.#untilDue);
      this.#isOver = true;
      this.#over.resolve();
      this.#free();
    }
  }

  /** Takes lanes that have become ready, if there is room. */
  look(): void {
    this.#isWanted = true;
    this.#stirred.resolve();
  }

  /** Resolves when it has room, or is over, or is to stop, or after `timeoutMs`. */
  async whenFree(timeoutMs: number): Promise<void> {
    if (this.hasRoom || this.#isOver) return;
    this.#freed ??= new Deferred();
    await withTimeout(this.#freed.promise, timeoutMs).catch(() => undefined);
  }

  get #room(): number {
    const { concurrency, isStopped } = this.#parts;
    return this.#failure || isStopped() ? 0 : concurrency - this.#working - this.#ends.length;
  }

  get #limits(): DealLimits {
    return { lanes: this.#room, items: this.#parts.batchSize };
  }

  get #isAwaiting(): boolean {
    return this.#untilDue !== undefined && !this.#parts.isStopped();
  }

  get #hasToWait(): boolean {
    if (this.#ends.length > 0 || this.#isWanted || this.#isDue) return false;
    return this.#working > 0 || this.#isAwaiting;
  }

  /** Goes on when the next lane is due that waits to be tried again. */
  #await({ dueInMs }: Deal<T>): void {
    clearTimeout(this.#untilDue);
    this.#untilDue = undefined;
    if (dueInMs === undefined) return;
    const end = (): void => {
      this.#isDue = true;
      this.#stirred.resolve();
    };
    this.#untilDue = setTimeout(end, dueInMs + DUE_MARGIN_MS);
  }

  #handOut({ lanes }: Deal<T>): void {
    const { store, key, isStopped } = this.#parts;
    for (const { lane, items } of lanes) {
      // It was stopped while it asked for them.
      if (isStopped()) this.#ends.push({ lane, done: 0, place: 'first', ms: 0 });
      else void this.#takeTurn(new RedisJobBatch(store, key, lane, items));
    }
  }

  async #takeTurn(batch: RedisJobBatch<T>): Promise<void> {
    this.#working += 1;
    const end = await this.#endOf(batch);
    if (end) this.#ends.push(end);
    this.#working -= 1;
    this.#stirred.resolve();
  }

  async #endOf(batch: RedisJobBatch<T>): Promise<TurnEnd | undefined> {
    try {
      return await this.#parts.takeTurn(batch);
    } catch (error) {
      if (isFinal(error)) {
        this.#failure ??= toError(error);
        return undefined;
      }
      // Redis refused what the handler has done, so it will have to be done again.
      const { key: lane, done } = batch;
      return { lane, done, place: 'later', ms: RETRY_MS };
    }
  }

  /** Waits for something to do, and does it in one call. False when nothing is left. */
  async #goOn(): Promise<boolean> {
    while (this.#hasToWait) {
      await this.#stirred.promise;
      this.#stirred = new Deferred();
    }
    // What else ends in this turn of the event loop goes with it.
    await macrotask();
    const ends = this.#ends.splice(0);
    const rest = ends.find(({ place, ms }) => place === 'first' && ms > 0);
    const isDue = this.#isDue;
    const isAwaiting = this.#isAwaiting || ends.some(({ place }) => place === 'later');
    const mayEnd = this.#working === 0 && !rest && (isDue || !isAwaiting);
    this.#isWanted = false;
    this.#isDue = false;
    if (this.hasRoom || this.#parts.isStopped()) this.#free();
    // A lane that is due again goes to whoever waits for a call, not always to who has put it off.
    const limits = isDue ? { ...this.#limits, lanes: 0 } : this.#limits;
    const deal = await this.#ask({ limits, mayEnd, ends });
    if (!deal) {
      await this.#tellOfFailure();
      return this.#working > 0;
    }
    this.#await(deal);
    this.#handOut(deal);
    const isOver = mayEnd && deal.lanes.length === 0;
    if (isOver || isDue || this.#room === 0 || deal.restMs > 0) {
      await this.#untilDone(() => this.#tellOthers(deal, rest !== undefined));
    }
    this.#leavesLanes = isOver && isDue && deal.line !== 'empty';
    return !isOver;
  }

  /** Hands back what is done, and takes what is ready; undefined when it is not to be had any more. */
  async #ask(call: Omit<TurnCall, 'number'>): Promise<Deal<T> | undefined> {
    const { store, key } = this.#parts;
    this.#lastCall += 1;
    const number = this.#lastCall;
    return this.#untilDone(() => store.turn(key, { ...call, number }));
  }

  /** Has somebody look at lanes that it has no room for, or that are left alone, once they are not. */
  async #tellOthers({ line, restMs, dueInMs }: Deal<T>, hasRested: boolean): Promise<void> {
    const { calls, isStopped } = this.#parts;
    const isUnheeded = line === 'unheeded';
    if (restMs > 0 && (hasRested || isUnheeded)) await calls.hold(restMs);
    // Somebody has to wait for what is tried again later.
    if (isUnheeded || (isStopped() && dueInMs !== undefined)) await calls.make();
  }

  /** Once, and at once: whoever counted on it must not wait for its job, which may be somebody else's by now. */
  async #tellOfFailure(): Promise<void> {
    if (this.#hasToldOfFailure) return;
    this.#hasToldOfFailure = true;
    await this.#parts.calls.make().catch((error: unknown) => {
      this.#logger.debug(`Nobody was called to go on: ${this.#logger.describe(error)}`);
    });
  }

  /** Does it again until Redis does it; undefined when the shift is lost, or is to stop meanwhile. */
  async #untilDone<R>(work: () => Promise<R>): Promise<R | undefined> {
    while (!this.#failure) {
      try {
        return await work();
      } catch (error) {
        if (isFinal(error) || this.#parts.isStopped()) this.#failure = toError(error);
        else await wait(RETRY_MS);
      }
    }
    return undefined;
  }

  #free(): void {
    this.#freed?.resolve();
    this.#freed = undefined;
  }
}

/** Whether asking again is of no use. */
function isFinal(error: unknown): boolean {
  return error instanceof LeaseLostError || error instanceof ShutdownAbortedError;
}
