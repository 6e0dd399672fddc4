import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from '../redis/redis-connection.js';
import type { ShutdownDeadline } from '../redis/shutdown-deadline.js';
import { LeaseLostError } from '../queue/lease-lost.error.js';
import type { DeadJob, Job } from '../queue/job.interface.js';
import type {
  Deal,
  DealLimits,
  LanePlacement,
  LineState,
  ShiftKey,
  TurnCall,
} from './redis-lane.interface.js';
import { parseItem, textOf } from './redis-lane.texts.js';
import {
  LANE_SCRIPTS,
  LINE_IS_EMPTY,
  LINE_IS_HEEDED,
  SHIFT_IS_LOST,
} from './redis-lane.scripts.js';

const SEEN_LIFE_SECONDS = 24 * 60 * 60;

/** The lanes of one queue in Redis. */
export class RedisLaneStore<T> {
  readonly #client: Redis | Cluster;
  readonly #prefix: string;
  readonly #priorityOf: (payload: T) => number;
  readonly #farewell: ShutdownDeadline | undefined;

  /**
   * @param prefix What all keys begin with; holds a hash tag.
   * @param farewell Ends the waits for a client that would wait for Redis for ever.
   */
  constructor(
    client: Redis | Cluster,
    prefix: string,
    priorityOf: (payload: T) => number = () => 0,
    farewell?: ShutdownDeadline,
  ) {
    this.#client = client;
    this.#prefix = prefix;
    this.#priorityOf = priorityOf;
    this.#farewell = farewell;
  }

  /** Appends items, each unless its id is known. */
  async push(
    pushes: ReadonlyArray<LanePlacement<T>>,
  ): Promise<Array<{ fresh: boolean; line: LineState }>> {
    const texts = pushes.flatMap(({ lane, item }) => [item.id, lane, this.#text(item)]);
    const [line, ...fresh] = listOf(await this.#run('push', [SEEN_LIFE_SECONDS, ...texts]));
    return fresh.map((isNew) => ({ fresh: isNew === 1, line: lineOf(line) }));
  }

  /**
   * Takes over what the job's former worker held, and the first lanes of the line. Without any, and when
   * none waits to be tried again, there is no shift.
   *
   * @param token Of the job's lock.
   * @throws {@link LeaseLostError} When another worker has the job.
   */
  async begin({ job, fence }: ShiftKey, limits: DealLimits, token: string): Promise<Deal<T>> {
    return checkedDeal(await this.#run('begin', [job, fence, ...dealArgs(limits), token]));
  }

  /**
   * Hands lanes back and takes the first lanes of the line, in one step. Asked again with the number of
   * the call before, it does nothing and answers the same.
   *
   * @throws {@link LeaseLostError}
   */
  async turn({ job, fence }: ShiftKey, { limits, ...call }: TurnCall): Promise<Deal<T>> {
    const ends = call.ends.flatMap(({ lane, done, place, ms }) => [
      lane,
      done,
      place,
      Math.ceil(ms),
    ]);
    const args = [job, fence, ...dealArgs(limits), call.number, call.mayEnd ? 1 : 0, ...ends];
    return checkedDeal(await this.#run('turn', args));
  }

  /**
   * Takes items off a lane that is held.
   *
   * @param done How many have been done since it was dealt.
   * @param head What the item that is first then is to be; undefined: as it is.
   * @throws {@link LeaseLostError}
   */
  async complete(
    { job, fence }: ShiftKey,
    lane: string,
    done: number,
    head?: Job<T>,
  ): Promise<void> {
    const args = [job, fence, lane, done, head ? this.#text(head) : ''];
    checkHeld(await this.#run('complete', args));
  }

  /**
   * Makes the first item of a lane that is held a dead letter.
   *
   * @param done How many have been done since it was dealt, with this one.
   * @throws {@link LeaseLostError}
   */
  async bury({ job, fence }: ShiftKey, done: number, letter: DeadJob<T>): Promise<void> {
    const args = [
      job,
      fence,
      letter.key,
      done,
      letter.job.id,
      JSON.stringify(letter),
      letter.failedAtMs,
    ];
    checkHeld(await this.#run('bury', args));
  }

  /**
   * Gives back what a shift held that nobody is on any more.
   *
   * @param token Of the job's lock; without one, BullMQ does not know the job.
   */
  async abandon(job: string, token = ''): Promise<LineState> {
    return lineOf(await this.#run('abandon', [job, token]));
  }

  /** The lanes that wait, with those that have become due, and those that nobody is on any more. */
  async look(): Promise<LineState> {
    return lineOf(await this.#run('look', []));
  }

  /** Redis's time, which is the same for all processes, in milliseconds since the Unix epoch. */
  async nowMs(): Promise<number> {
    return Number(await this.#run('now', []));
  }

  /** The jobs of all shifts. */
  shifts(): Promise<string[]> {
    return withTimeout(this.#client.hkeys(`${this.#prefix}shifts`), REDIS_TIMEOUT_MS);
  }

  /** The lanes that hold items. */
  async lanes(): Promise<string[]> {
    return listOf(await this.#run('lanes', [])).map(String);
  }

  /** Puts a dead letter's item back at the end of its lane, if there is one of that id. */
  async revive(lane: string, item: Job<T>): Promise<{ isThere: boolean; line: LineState }> {
    const answer = await this.#run('revive', [item.id, lane, this.#text(item)]);
    const [isThere, line] = listOf(answer);
    return { isThere: isThere === 1, line: lineOf(line) };
  }

  #run(name: keyof typeof LANE_SCRIPTS, args: ReadonlyArray<string | number>): Promise<unknown> {
    const keys = [this.#prefix, `${this.#prefix}turns`];
    const ask = () => LANE_SCRIPTS[name].run(this.#client, keys, args);
    return this.#farewell
      ? this.#farewell.untilShutdown(ask)
      : withTimeout(ask(), REDIS_TIMEOUT_MS);
  }

  #text(item: Job<T>): string {
    return textOf(item, this.#priorityOf(item.payload));
  }
}

function dealArgs({ lanes, items }: DealLimits): number[] {
  return [lanes, items];
}

function checkHeld(answer: unknown): void {
  if (answer === SHIFT_IS_LOST) throw new LeaseLostError();
}

function lineOf(answer: unknown): LineState {
  if (answer === LINE_IS_EMPTY) return 'empty';
  return answer === LINE_IS_HEEDED ? 'heeded' : 'unheeded';
}

function checkedDeal<T>(answer: unknown): Deal<T> {
  const [line, dealt, restMs, dueInMs] = listOf(answer);
  if (line === SHIFT_IS_LOST) throw new LeaseLostError();
  const lanes = listOf(dealt).map((each) => {
    const [lane, texts] = listOf(each);
    return { lane: String(lane), items: listOf(texts).map((text) => parseItem<T>(String(text))) };
  });
  return {
    line: lineOf(line),
    restMs: Math.max(0, Number(restMs)),
    dueInMs: Number(dueInMs) < 0 ? undefined : Number(dueInMs),
    lanes,
  };
}

function listOf(answer: unknown): unknown[] {
  return Array.isArray(answer) ? answer : [];
}
