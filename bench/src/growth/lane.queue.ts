import { performance } from 'node:perf_hooks';
import * as bullmq from 'bullmq';
import { Redis } from 'ioredis';
// Not a part of the package's door: the lanes alone, without Telegram.
import { RedisOrderedQueue } from '../../../dist/lanes/bullmq-lane.queue.js';
import { ShutdownDeadline } from '../../../dist/redis/redis.farewell.js';
import { RedisReadiness } from '../../../dist/redis/redis.readiness.js';
import { quantile } from '../support/statistics.js';

/** What waits; as large as a message of a customer. */
export interface Payload {
  readonly text: string;
}

const TEXT = 'Where is my parcel? It was to arrive on Monday, and today is Thursday.';

/** How many items of a lane are handed out at once: one, as of replies, or all that wait, as of notices. */
export type BatchSize = 1 | 100;

const IN_FLIGHT = 50;

/** Lanes in Redis with a handler that does nothing, one lane at a time. */
export class Lanes {
  readonly #client: Redis;
  readonly #patient: Redis;
  readonly #queue: RedisOrderedQueue<Payload>;
  /** When each turn was over, since the last {@link drain}. */
  #turnsAtMs: number[] = [];
  #onTurn: () => void = () => undefined;
  #next = 0;

  constructor(url: string, batchSize: BatchSize) {
    this.#client = new Redis(url);
    this.#patient = new Redis(url, { maxRetriesPerRequest: null });
    const farewell = new ShutdownDeadline();
    // Its Redis is its own, and denies nothing.
    const readiness = new RedisReadiness({ run: () => Promise.resolve(null) });
    const connections = { client: this.#client, patient: this.#patient, farewell, readiness };
    const retry = { attempts: 5, delaysMs: [1_000] };
    this.#queue = new RedisOrderedQueue<Payload>(
      { bullmq, ...connections, prefix: 'tg:{bench}', name: `lanes-${batchSize}` },
      { batchSize, concurrency: 1, retry, priorityOf: () => 2 },
    );
  }

  /** Has a worker that starts nothing before {@link drain}. */
  async hold(): Promise<void> {
    await this.#queue.pause();
    this.#queue.consume({
      handle: async (batch) => {
        await batch.complete(batch.items.length);
        this.#turnsAtMs.push(performance.now());
        this.#onTurn();
      },
      buried: () => Promise.resolve(),
    });
  }

  /** Pushes items with new ids into `lanes` lanes in turn, from the lane `firstLane` on. */
  async push(items: number, lanes: number, firstLane = 0): Promise<void> {
    let left = items;
    const line = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const id = this.#next++;
        await this.#queue.push(`thread:${firstLane + (left % lanes)}`, `m${id}`, { text: TEXT });
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, line));
  }

  /**
   * Hands out turns.
   *
   * @param turns How many, which is all there is, unless nothing is to be drained after this.
   * @param measured How many of the first of them count.
   * @returns The microseconds from one turn to the next: of stretches of 500 turns, the median.
   */
  async drain(turns: number, measured = turns): Promise<number> {
    const done = new Promise<void>((resolve) => {
      this.#onTurn = () => this.#turnsAtMs.length >= turns && resolve();
    });
    await this.#queue.resume();
    await done;
    await this.#queue.pause();
    const times = this.#turnsAtMs.slice(0, measured);
    this.#turnsAtMs = [];
    return quantile(gapsOf(times), 0.5);
  }

  /** What Redis holds in memory now, in bytes. */
  async memory(): Promise<number> {
    const info = await this.#client.info('memory');
    return Number(/used_memory:(\d+)/.exec(info)?.[1]);
  }

  async stop(): Promise<void> {
    await this.#queue.close(1_000);
    this.#client.disconnect();
    this.#patient.disconnect();
  }
}

const STRETCH = 500;

/** The microseconds from one to the next, of each stretch. */
function gapsOf(timesMs: readonly number[]): number[] {
  const gaps: number[] = [];
  for (let from = 0; from < timesMs.length - 1; from += STRETCH) {
    const stretch = timesMs.slice(from, from + STRETCH + 1);
    const lastMs = stretch.at(-1) ?? Number.NaN;
    gaps.push(((lastMs - (stretch[0] ?? Number.NaN)) / (stretch.length - 1)) * 1000);
  }
  return gaps;
}
