import type { Cluster, Redis } from 'ioredis';
import type { DeadJob, Job } from '../../queue/job.interface.js';
import { LeaseLostError } from '../../queue/lease-lost.error.js';
import type { RedisScript } from '../../redis/redis-script.js';
import { JOB_SCRIPTS } from './redis-job-scripts.js';

/** How long the id of a job is remembered. */
const ID_TTL_SECONDS = 24 * 60 * 60;

/** How much of a key is read for one batch: more than a message to Telegram takes, which is 32 kB. */
const BATCH_BYTES = 65_536;

/** How many names of keys are read at once. */
const PAGE_SIZE = 100;

/** A job as it stands in Redis. */
export interface StoredJob<T, P> extends Job<T, P> {
  /** How long it waits, and until when by Redis's clock, in milliseconds since the Unix epoch. */
  readonly delay?: { readonly ms: number; readonly untilMs: number };
  /** Of the batch that changed it last, so that no two of them write the same text. */
  readonly lease?: string;
}

/** The first jobs of a key, each with its text, by which a script knows it. */
export interface ReadJobs<T, P> {
  /** Redis's time when they were read, in milliseconds since the Unix epoch. */
  readonly nowMs: number;
  readonly jobs: ReadonlyArray<{ readonly job: StoredJob<T, P>; readonly text: string }>;
}

/**
 * The jobs of one queue in Redis: a list for each key, the set of keys that have jobs, a key for each known
 * id. All of them carry one hash tag, so a cluster has them on one node.
 */
export class RedisJobStore<T, P> {
  readonly #client: Redis | Cluster;
  readonly #prefix: string;
  readonly #insist: <A>(ask: () => Promise<A>) => Promise<A>;

  /**
   * @param prefix What all keys begin with; holds the hash tag.
   * @param insist Asks until Redis answers. Without it, each call is made once.
   */
  constructor(
    client: Redis | Cluster,
    prefix: string,
    insist: <A>(ask: () => Promise<A>) => Promise<A> = (ask) => ask(),
  ) {
    this.#client = client;
    this.#prefix = prefix;
    this.#insist = insist;
  }

  /** Appends a job unless its id is known; how many jobs the key has then. */
  async enqueue(key: string, job: Job<T, P>): Promise<{ isDuplicate: boolean; length: number }> {
    const args = [key, JSON.stringify(job), ID_TTL_SECONDS];
    const length = await this.#run(JOB_SCRIPTS.enqueue, key, args, [`${this.#prefix}id:${job.id}`]);
    return { isDuplicate: length <= 0, length: Math.abs(length) };
  }

  /** The first jobs of a key. */
  async read(key: string, count: number): Promise<ReadJobs<T, P>> {
    const answer = await this.#insist(() =>
      JOB_SCRIPTS.read.run(this.#client, [this.#list(key)], [count, BATCH_BYTES]),
    );
    const [nowMs, ...texts] = Array.isArray(answer) ? answer : [];
    const jobs = texts.map((text) => ({ job: parse<T, P>(text), text: String(text) }));
    return { nowMs: Number(nowMs), jobs };
  }

  /**
   * Removes the first jobs of a key; how many are left.
   *
   * @param head The text of the first one.
   * @param changed The new text of the one that is first then; '' leaves it.
   * @throws {@link LeaseLostError}
   */
  async complete(key: string, head: string, count: number, changed: string): Promise<number> {
    const args = [key, head, count, changed];
    return held(key, await this.#run(JOB_SCRIPTS.complete, key, args));
  }

  /**
   * Makes the first job of a key a dead letter; how many are left.
   *
   * @param head The text of the job.
   * @throws {@link LeaseLostError}
   */
  async moveToDeadLetters(head: string, letter: DeadJob<T, P>): Promise<number> {
    const { key, job, failedAtMs } = letter;
    const args = [key, head, job.id, JSON.stringify(letter), failedAtMs];
    const length = await this.#run(JOB_SCRIPTS.moveToDeadLetters, key, args, this.deadLetterKeys);
    return held(key, length);
  }

  /** Puts a dead letter back at the end of its key; how many jobs the key has then, 0 when there is no such letter. */
  retryDeadLetter({ key, job }: DeadJob<T, P>): Promise<number> {
    const args = [key, job.id, JSON.stringify({ ...job, attempts: 0 })];
    return this.#run(JOB_SCRIPTS.retryDeadLetter, key, args, this.deadLetterKeys);
  }

  /** The dead letters by id, and their ids by time. */
  get deadLetterKeys(): readonly [letters: string, times: string] {
    return [`${this.#prefix}dead-letters`, `${this.#prefix}dead-letters:times`];
  }

  /** Redis's time, in milliseconds since the Unix epoch. */
  async nowMs(): Promise<number> {
    return (await this.read('', 0)).nowMs;
  }

  /** The first job of a key. */
  async peek(key: string): Promise<Job<T, P> | undefined> {
    const text = await this.#client.lindex(this.#list(key), 0);
    return text === null ? undefined : parse<T, P>(text);
  }

  /** The keys that have jobs, in pages; one of them may come twice. */
  async *keys(): AsyncGenerator<string[]> {
    let cursor = '0';
    do {
      const [next, keys] = await this.#client.sscan(this.#keys, cursor, 'COUNT', PAGE_SIZE);
      if (keys.length > 0) yield keys;
      cursor = next;
    } while (cursor !== '0');
  }

  async #run(
    script: RedisScript,
    key: string,
    args: ReadonlyArray<string | number>,
    keys: readonly string[] = [],
  ): Promise<number> {
    const all = [this.#list(key), this.#keys, ...keys];
    return Number(await this.#insist(() => script.run(this.#client, all, args)));
  }

  #list(key: string): string {
    return `${this.#prefix}jobs:${key}`;
  }

  get #keys(): string {
    return `${this.#prefix}keys`;
  }
}

function held(key: string, length: number): number {
  if (length < 0) throw new LeaseLostError(key);
  return length;
}

function parse<T, P>(text: unknown): StoredJob<T, P> {
  const job: StoredJob<T, P> = JSON.parse(String(text));
  return job;
}
