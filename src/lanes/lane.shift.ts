import { within } from '../clock/within.js';
import { toError } from '../errors/index.js';
import { Deferred } from './deferred.js';
import type { LaneCalls } from './lane.calls.js';
import { LaneTakenOverError } from './lane-taken-over.error.js';
import { RedisLaneBatch } from './redis-lane.batch.js';
import type { Deal, DealLimits, RedisLaneStore, ShiftKey, TurnEnd } from './redis-lane.store.js';

/** What a {@link LaneShift} works with. */
export interface LaneShiftParts<T> {
  readonly store: RedisLaneStore<T>;
  readonly calls: LaneCalls;
  readonly key: ShiftKey;
  /** The most lanes worked on at once. */
  readonly concurrency: number;
  /** The most items of a lane handed out at once. */
  readonly batchSize: number;
  /** Whether no further lane is to be taken. */
  readonly isStopped: () => boolean;
  readonly takeTurn: (batch: RedisLaneBatch<T>) => Promise<TurnEnd>;
}

/**
 * The work of one process from when lanes are ready until none is. It lives in one BullMQ job: when
 * the process dies, somebody else gets the job, and goes on with the lanes that it held.
 */
export class LaneShift<T> {
  readonly #parts: LaneShiftParts<T>;
  /** How many lanes are being worked on. */
  #working = 0;
  /** Lanes whose turn is over, and that are to be handed back. */
  #ends: TurnEnd[] = [];
  #isWanted = false;
  #isOver = false;
  #failure: Error | undefined;
  /** Resolves when there is something to do. */
  #stirred = new Deferred();
  #freed: Deferred | undefined;
  readonly #over = new Deferred();

  constructor(parts: LaneShiftParts<T>) {
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

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether lanes have become ready that it has not looked at. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  /** Whether another worker goes on with what it held. */
  get isLost(): boolean {
    return this.#failure instanceof LaneTakenOverError;
  }

  /** Whether it can take a further lane. */
  get hasRoom(): boolean {
    return !this.#isOver && this.#room > 0;
  }

  /**
   * Works until no lane is ready.
   *
   * @returns For how many milliseconds all lanes are to be left alone, if nothing was done for that.
   * @throws When Redis did not do what it was asked. What it still held stays with its job.
   */
  async work(): Promise<number> {
    try {
      const first = await this.#parts.store.begin(this.#parts.key, this.#limits);
      this.#handOut(first);
      if (first.lanes.length === 0) return first.restMs;
      while (await this.#goOn());
      if (this.#failure && !this.isLost) throw this.#failure;
      return 0;
    } finally {
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
    await within(this.#freed.promise, timeoutMs).catch(() => undefined);
  }

  get #room(): number {
    const { concurrency, isStopped } = this.#parts;
    return this.#failure || isStopped() ? 0 : concurrency - this.#working - this.#ends.length;
  }

  get #limits(): DealLimits {
    return { lanes: this.#room, items: this.#parts.batchSize };
  }

  #handOut({ lanes }: Deal<T>): void {
    const { store, key } = this.#parts;
    for (const { lane, items } of lanes) {
      void this.#takeTurn(new RedisLaneBatch(store, key, lane, items));
    }
  }

  async #takeTurn(batch: RedisLaneBatch<T>): Promise<void> {
    this.#working += 1;
    const end = await this.#try(async () => {
      const turn = await this.#parts.takeTurn(batch);
      if (turn.place === 'later') await this.#parts.calls.makeAt(turn.ms);
      return turn;
    });
    this.#working -= 1;
    // Otherwise the lane stays with the job, for whoever takes that up.
    if (end) this.#ends.push(end);
    this.#stirred.resolve();
  }

  /** Waits for something to do, and does it in one call. False when nothing is left. */
  async #goOn(): Promise<boolean> {
    while (this.#working > 0 && this.#ends.length === 0 && !this.#isWanted) {
      await this.#stirred.promise;
      this.#stirred = new Deferred();
    }
    const ends = this.#ends.splice(0);
    const rest = ends.find(({ place }) => place === 'first');
    const mayEnd = this.#working === 0 && !rest && !this.#failure;
    this.#isWanted = false;
    if (this.hasRoom || this.#parts.isStopped()) this.#free();
    const deal = this.isLost ? undefined : await this.#handBack(ends, mayEnd);
    if (deal) {
      this.#handOut(deal);
      if (mayEnd && deal.lanes.length === 0) return false;
      await this.#try(() => this.#tellOthers(deal, rest));
    }
    return !this.#failure || this.#working + this.#ends.length > 0;
  }

  #handBack(ends: readonly TurnEnd[], mayEnd: boolean): Promise<Deal<T> | undefined> {
    const { store, key } = this.#parts;
    return this.#try(() => store.turn(key, this.#limits, mayEnd, ends));
  }

  async #tellOthers({ line }: Deal<T>, rest: TurnEnd | undefined): Promise<void> {
    const { calls } = this.#parts;
    if (rest) await calls.hold(rest.ms);
    if (rest || (line === 'unheeded' && this.#room === 0)) await calls.make();
  }

  async #try<R>(work: () => Promise<R>): Promise<R | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#failure ??= toError(error);
      return undefined;
    }
  }

  #free(): void {
    this.#freed?.resolve();
    this.#freed = undefined;
  }
}
