import { performance } from 'node:perf_hooks';
import * as bullmq from 'bullmq';
import { Redis } from 'ioredis';
// Not exported by the package: the keys alone, without Telegram.
import { RedisOrderedQueue } from '../../../dist/storage/redis/redis-ordered-queue.js';
import { ShutdownDeadline } from '../../../dist/redis/shutdown-deadline.js';
import { RedisReadiness } from '../../../dist/redis/redis-readiness.js';
import { quantile } from '../support/statistics.js';

/** What waits; as large as a message of a customer. */
export interface Payload {
  readonly text: string;
}

const TEXT = 'Where is my parcel? It was to arrive on Monday, and today is Thursday.';

/** How many jobs of a key are handed out at once: one, as of replies, or all that wait, as of notices. */
export type BatchSize = 1 | 100;

const IN_FLIGHT = 50;

/** BenchQueue in Redis with a handler that does nothing, one key at a time. */
export class BenchQueue {
  readonly #client: Redis;
  readonly #blockingClient: Redis;
  readonly #queue: RedisOrderedQueue<Payload>;
  /** When each turn was over, since the last {@link drain}. */
  #turnsAtMs: number[] = [];
  #onTurn: () => void = () => undefined;
  #next = 0;

  constructor(url: string, batchSize: BatchSize) {
    this.#client = new Redis(url);
    this.#blockingClient = new Redis(url, { maxRetriesPerRequest: null });
    const shutdown = new ShutdownDeadline();
    // Its Redis is its own, and denies nothing.
    const readiness = new RedisReadiness({
      run: () => Promise.resolve(null),
      alsoTry: () => undefined,
    });
    const connections = {
      client: this.#client,
      blockingClient: this.#blockingClient,
      shutdown,
      readiness,
    };
    const retry = { attempts: 5, delaysMs: [1_000] };
    this.#queue = new RedisOrderedQueue<Payload>(
      { bullmq, ...connections, prefix: 'tg:{bench}', name: `keys-${batchSize}` },
      { batchSize, concurrency: 1, retry, priorityOf: () => 2 },
    );
  }

  /** Has a worker that starts nothing before {@link drain}. */
  async hold(): Promise<void> {
    this.#queue.pause();
    this.#queue.process({
      process: async (batch) => {
        await batch.complete(batch.jobs.length);
        this.#turnsAtMs.push(performance.now());
        this.#onTurn();
      },
      onFailed: () => Promise.resolve(),
    });
  }

  /** Pushes jobs with new ids into `keys` keys in turn, from the key `firstKey` on. */
  async push(jobs: number, keys: number, firstKey = 0): Promise<void> {
    let left = jobs;
    const line = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const id = this.#next++;
        await this.#queue.enqueue(`thread:${firstKey + (left % keys)}`, `m${id}`, { text: TEXT });
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
    this.#queue.resume();
    await done;
    this.#queue.pause();
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
    this.#blockingClient.disconnect();
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
