import { hash, randomUUID } from 'node:crypto';
import { renewed, type DeadJob, type Job } from '../../queue/job.interface.js';
import type { JobStore, ReadJobs, StoredBacklog, StoreResult } from '../../queue/job-store.js';
import { withTimeout } from '../../common/with-timeout.js';
import { LeaseLostError } from '../../queue/lease-lost.error.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import type { RedisScript } from '../../redis/redis-script.js';
import { RedisDeadLetters } from './redis-dead-letters.js';
import { JOB_SCRIPTS } from './redis-job-scripts.js';
import type { RedisQueueContext } from './redis-queue-context.js';
import { WaitingCount } from './waiting-count.js';

/** How long the id of a job is remembered. */
const ID_TTL_SECONDS = 24 * 60 * 60;

/** How much of a key is read for one batch: more than a message to Telegram takes, which is 32 kB. */
const BATCH_BYTES = 65_536;

/** How many names of keys are read at once. */
const PAGE_SIZE = 100;

/** How many keys a closing queue names. */
const MAX_KEYS_NAMED = 1_000;

/** A job as it stands in Redis. */
interface StoredJob<T, P> extends Job<T, P> {
  /** How long it waits, and until when by Redis's clock, in milliseconds since the Unix epoch. */
  readonly delay?: { readonly ms: number; readonly untilMs: number };
}

/**
 * The jobs of one queue in Redis: a list for each key, the set of keys that have jobs, a key for each known
 * id. All of them carry one hash tag, so a cluster has them on one node. Who enqueues hears at once that Redis is
 * away; who works asks until it answers, because what is done must be removed, or it is done again.
 */
export class RedisJobStore<T, P> implements JobStore<T, P> {
  /** What waits in it and would be missed, as far as this process knows. */
  readonly waiting = new WaitingCount();
  readonly deadLetters: RedisDeadLetters<T, P>;
  readonly #context: RedisQueueContext;
  readonly #prefix: string;
  /** Of each job its text in Redis, by which a script knows it. */
  readonly #texts = new WeakMap<Job<T, P>, string>();
  /** What Redis's clock says more than that of the process, which nobody sets. */
  #redisAheadMs = 0;

  readonly #isMissed: (key: string) => boolean;

  /** @param isMissed Whether anybody misses the jobs of a key that are lost; by default all are missed. */
  constructor(context: RedisQueueContext, isMissed: (key: string) => boolean = () => true) {
    this.#context = context;
    this.#isMissed = isMissed;
    this.#prefix = `${context.prefix}:${context.name}:`;
    this.deadLetters = new RedisDeadLetters(context.client, this.#prefix);
  }

  async enqueue(key: string, job: Job<T, P>): Promise<StoreResult> {
    const { client, readiness } = this.#context;
    await readiness.assertReady();
    const keys = [...this.#keysOf(key), `${this.#prefix}id:${digestOf(job.id)}`];
    const args = [key, JSON.stringify(job), ID_TTL_SECONDS];
    const length = Number(await JOB_SCRIPTS.enqueue.run(client, keys, args));
    const isDuplicate = length <= 0;
    if (!isDuplicate && this.#isMissed(key)) this.waiting.add(1);
    // Who enqueues a job again may not have come so far as to add its key the first time.
    return { isDuplicate, persisted: Promise.resolve(), needsTurn: length === 1 || length < 0 };
  }

  async read(key: string, most: number): Promise<ReadJobs<T, P>> {
    const answer = await this.#insist(JOB_SCRIPTS.read, this.#keysOf(key), [most, BATCH_BYTES]);
    const [time, ...texts] = Array.isArray(answer) ? answer.map(String) : [];
    const nowMs = Number(time);
    this.#redisAheadMs = nowMs - performance.now();
    const jobs = texts.map((text) => {
      const job: StoredJob<T, P> = JSON.parse(text);
      this.#texts.set(job, text);
      return job;
    });
    const { ms, untilMs } = jobs[0]?.delay ?? { ms: 0, untilMs: 0 };
    // No longer than the delay: the clock of Redis may have been set back meanwhile.
    return { jobs, waitMs: Math.min(untilMs - nowMs, ms) };
  }

  async complete(
    key: string,
    head: Job<T, P>,
    count: number,
    changed?: StoredJob<T, P>,
  ): Promise<number> {
    // No two changes write the same text, so that each is known by it.
    const text = changed ? JSON.stringify({ ...changed, lease: randomUUID() }) : '';
    const left = await this.#change(key, head, count, [text]);
    if (changed) this.#texts.set(changed, text);
    return left;
  }

  async delay(key: string, head: Job<T, P>, delayMs: number): Promise<void> {
    const delay = { ms: delayMs, untilMs: this.#nowMs() + delayMs };
    await this.complete(key, head, 0, { ...head, delay });
  }

  moveToDeadLetters(key: string, head: Job<T, P>, reason: string): Promise<number> {
    const letter: DeadJob<T, P> = { key, job: head, reason, failedAtMs: this.#nowMs() };
    return this.#change(key, head, 1, ['', head.id, JSON.stringify(letter), letter.failedAtMs]);
  }

  async retryDeadLetter(id: string): Promise<{ key: string; needsTurn: boolean } | undefined> {
    const letter = await this.deadLetters.find(id);
    if (!letter) return undefined;
    const { key, job } = letter;
    const keys = [...this.#keysOf(key), ...this.deadLetters.keys];
    const args = [key, id, JSON.stringify(renewed(job, Date.now()))];
    const length = Number(await JOB_SCRIPTS.retry.run(this.#context.client, keys, args));
    if (length === 0) return undefined;
    if (this.#isMissed(key)) this.waiting.add(1);
    return { key, needsTurn: length === 1 };
  }

  /** The keys that have jobs, in pages; one of them may come twice. */
  async *keys(): AsyncGenerator<string[]> {
    const { blockingClient } = this.#context;
    let cursor = '0';
    do {
      const [next, keys] = await blockingClient.sscan(this.#keys, cursor, 'COUNT', PAGE_SIZE);
      if (keys.length > 0) yield keys;
      cursor = next;
    } while (cursor !== '0');
  }

  async backlog(counts: (key: string) => boolean): Promise<StoredBacklog> {
    const { client } = this.#context;
    const seen = new Set<string>();
    const all: StoredBacklog[] = [];
    let cursor = '0';
    do {
      const page = client.sscan(this.#keys, cursor, 'COUNT', PAGE_SIZE);
      const [next, keys] = await withTimeout(page, REDIS_TIMEOUT_MS);
      const fresh = keys.filter((key) => counts(key) && !seen.has(key));
      if (fresh.length > 0) all.push(await this.#backlogOf(fresh));
      for (const key of fresh) seen.add(key);
      cursor = next;
    } while (cursor !== '0');
    const times = all.flatMap(({ oldestAtMs }) => oldestAtMs ?? []);
    return {
      jobs: all.reduce((sum, { jobs }) => sum + jobs, 0),
      oldestAtMs: times.length > 0 ? Math.min(...times) : undefined,
    };
  }

  async drop(key: string): Promise<ReadonlyArray<Job<T, P>>> {
    const { client } = this.#context;
    const answer = await JOB_SCRIPTS.drop.run(client, this.#keysOf(key), [key]);
    const jobs = (Array.isArray(answer) ? answer.map(String) : []).map((text) => {
      const job: StoredJob<T, P> = JSON.parse(text);
      return job;
    });
    if (this.#isMissed(key)) this.waiting.remove(jobs.length);
    return jobs;
  }

  async close(): Promise<readonly string[]> {
    const { client, shutdown } = this.#context;
    const page = client.sscan(this.#keys, '0', 'COUNT', MAX_KEYS_NAMED);
    const [, keys] = await shutdown.withFallback(page, ['0', []]);
    return keys;
  }

  async #backlogOf(keys: readonly string[]): Promise<StoredBacklog> {
    const lists = keys.map((key) => this.#keysOf(key)[0]);
    const answer = JOB_SCRIPTS.backlog.run(this.#context.client, lists, []);
    const read = await withTimeout(answer, REDIS_TIMEOUT_MS);
    const [jobs = 0, atMs = 0] = Array.isArray(read) ? read.map(Number) : [];
    return { jobs, oldestAtMs: atMs > 0 ? atMs : undefined };
  }

  async #change(
    key: string,
    head: Job<T, P>,
    count: number,
    change: ReadonlyArray<string | number>,
  ): Promise<number> {
    const keys = [...this.#keysOf(key), ...this.deadLetters.keys];
    const args = [key, this.#texts.get(head) ?? '', count, ...change];
    const left = Number(await this.#insist(JOB_SCRIPTS.complete, keys, args));
    // Taken over or lost, they do not wait for this process any more.
    if (this.#isMissed(key)) this.waiting.remove(count);
    if (left < 0) throw new LeaseLostError(key);
    return left;
  }

  #insist(
    script: RedisScript,
    keys: readonly string[],
    args: ReadonlyArray<string | number>,
  ): Promise<unknown> {
    const { blockingClient, shutdown } = this.#context;
    return shutdown.untilShutdown(() => script.run(blockingClient, keys, args));
  }

  /** Redis's time when a key was read last, and what has passed since then: the clocks of processes differ. */
  #nowMs(): number {
    return Math.ceil(performance.now() + this.#redisAheadMs);
  }

  #keysOf(key: string): [list: string, keys: string] {
    return [`${this.#prefix}jobs:${key}`, this.#keys];
  }

  get #keys(): string {
    return `${this.#prefix}keys`;
  }
}

/** An id may name a thread and a message, and is remembered for longer than either. */
function digestOf(id: string): string {
  return hash('sha256', id, 'base64url');
}
