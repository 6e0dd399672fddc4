import { hash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Job as BullMqJob, JobsOptions, Queue, Worker } from 'bullmq';
import { Backoff } from '../../common/backoff.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { KeyQueue, type KeyLease } from '../../queue/key-queue.js';
import type { OrderedQueueOptions } from '../../queue/ordered-queue.js';
import type { RedisJobStore } from './redis-job-store.js';
import type { RedisQueueContext } from './redis-queue-context.js';

/** A killed process is noticed when its lock ends, and its key is free two checks after that at the latest. */
const LOCK_MS = 5_000;
const STALLED_CHECK_MS = 2_000;
/** BullMQ's own renewal stops for an hour when the clock of the process is set back by an hour. */
const RENEWAL_MS = 1_500;
/** How often keys are looked for that have jobs and no BullMQ job, because a process ended between two steps. */
const SWEEP_MS = 60_000;

/** How long this process fetches nothing when it gets a key that it has passed on, and remembers that it has. */
const PASS_ON_MS = 10;
const PASSED_ON_TTL_MS = 1_000;

/** The BullMQ job of a key that this process has, and the token of its lock. */
interface Held {
  job: BullMqJob<{ key: string }>;
  token: string;
}

/**
 * The keys that have jobs, for all processes of a desk: each has one BullMQ job, and whoever fetches that has the
 * key. BullMQ is driven by hand, because its own loop asks a Redis that denies something again and again.
 */
export class RedisKeyQueue<T, P> extends KeyQueue<T, P> {
  readonly #logger: ThrottledLogger;
  readonly #context: RedisQueueContext;
  readonly #store: RedisJobStore<T, P>;
  readonly #queue: Queue<{ key: string }>;
  readonly #backoff = new Backoff();
  readonly #held = new Map<string, Held>();
  /** The keys that another process is to have next. BullMQ often gives a key to the process that had it. */
  readonly #passedOn = new Set<string>();
  readonly #stopping = new AbortController();
  /** A failover, or a restart, may have lost the last writes. */
  readonly #onReconnected = (): void => void this.#sweep();
  #worker: Worker<{ key: string }> | undefined;
  #fetching: Promise<void> | undefined;
  #timers: NodeJS.Timeout[] = [];
  #endWait: () => void = () => undefined;
  #tokens = 0;
  #isRenewing = false;

  constructor(
    context: RedisQueueContext,
    store: RedisJobStore<T, P>,
    options: OrderedQueueOptions<T, P>,
  ) {
    super(store, options);
    this.#logger = new ThrottledLogger(RedisKeyQueue.name, options.errors);
    this.#context = context;
    this.#store = store;
    const { bullmq, blockingClient: connection, prefix, name } = context;
    // BullMQ never recovers a connection whose first attempt failed, so it gets one that retries for ever.
    this.#queue = new bullmq.Queue(name, {
      connection,
      prefix,
      skipVersionCheck: true,
      // Nobody reads them.
      streams: { events: { maxLen: 1 } },
    });
    this.#queue.on('error', (error) => this.#logger.debug(this.#logger.describe(error)));
  }

  next(): Promise<KeyLease | undefined> {
    return new Promise((resolve) => {
      this.#endWait = () => resolve(undefined);
      if (this.#stopping.signal.aborted) resolve(undefined);
      else this.#fetching = this.#fetch().then(resolve);
    });
  }

  async stop(): Promise<void> {
    const { client, blockingClient, shutdown } = this.#context;
    this.#stopping.abort();
    this.#endWait();
    blockingClient.off('ready', this.#onReconnected);
    // First of all: when Redis is away, nobody waits for work that waits for it.
    await shutdown.withFallback(client.ping(), '');
  }

  /** What is worked on still stays active in BullMQ until its lock ends; another process takes it over then. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const { shutdown } = this.#context;
    if (this.#worker) {
      await shutdown.withFallback(this.#worker.waitUntilReady(), undefined);
      await shutdown.withFallback(this.#worker.close(true), undefined);
      await shutdown.withFallback(Promise.resolve(this.#fetching), undefined);
    }
    await shutdown.withFallback(this.#queue.close(), undefined);
  }

  protected push(key: string, priority: number): Promise<BullMqJob> {
    const options: JobsOptions = {
      // BullMQ takes jobs without a priority first.
      ...(priority > 0 && { priority }),
      // While the BullMQ job of the key is active, this one is held back.
      deduplication: { id: digestOf(key), keepLastIfActive: true },
      removeOnComplete: true,
      removeOnFail: true,
    };
    return this.#context.shutdown.untilShutdown(() => this.#queue.add('key', { key }, options));
  }

  async #fetch(): Promise<KeyLease | undefined> {
    const { signal } = this.#stopping;
    for (;;) {
      await this.#context.readiness.whenUsable();
      if (signal.aborted) return undefined;
      try {
        this.#worker ??= this.#createWorker();
        this.#tokens += 1;
        const token = `${this.#worker.id}:${this.#tokens}`;
        const job = await this.#worker.getNextJob(token);
        if (this.#backoff.reset()) void this.#sweep();
        const lease = job && this.#lease(job, token);
        const isForOthers = lease && this.#passedOn.delete(lease.key);
        if (lease && !isForOthers && !signal.aborted) return lease;
        await lease?.giveBack();
        if (isForOthers) await wait(PASS_ON_MS);
      } catch (error) {
        this.#logger.debug(`No key was fetched: ${this.#logger.describe(error)}`);
        const waitMs = this.#backoff.nextMs();
        await wait(waitMs, undefined, { ref: false, signal }).catch(() => undefined);
      }
    }
  }

  #createWorker(): Worker<{ key: string }> {
    const { bullmq, blockingClient: connection, prefix, name } = this.#context;
    const worker = new bullmq.Worker<{ key: string }>(name, undefined, {
      connection,
      prefix,
      // BullMQ would ask for the version with INFO, which many users may not run.
      skipVersionCheck: true,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    });
    worker.on('error', (error) => this.#logger.debug(this.#logger.describe(error)));
    void worker.startStalledCheckTimer();
    this.#timers = [
      setInterval(() => void this.#renewLocks(), RENEWAL_MS),
      setInterval(() => void this.#sweep(), SWEEP_MS).unref(),
    ];
    connection.on('ready', this.#onReconnected);
    void this.#sweep();
    return worker;
  }

  #lease(job: BullMqJob<{ key: string }>, token: string): KeyLease | undefined {
    const { key } = job.data;
    const known = this.#held.get(key);
    if (known) {
      // BullMQ has taken this process for dead, because Redis was away for longer than the lock.
      Object.assign(known, { job, token });
      return undefined;
    }
    const held: Held = { job, token };
    this.#held.set(key, held);
    const release = () => this.#held.get(key) === held && this.#held.delete(key);
    // Released first, because the key may be handed out again before the answer has been read.
    const end = async (move: () => Promise<unknown>): Promise<void> => {
      release();
      await this.#context.shutdown.untilShutdown(move);
    };
    const finish = () => end(() => held.job.moveToCompleted(undefined, held.token, false));
    return {
      key,
      finish,
      passOn: () => {
        this.#passedOn.add(key);
        setTimeout(() => this.#passedOn.delete(key), PASSED_ON_TTL_MS).unref();
        return finish();
      },
      giveBack: () => end(() => held.job.moveToWait(held.token)),
      abandon: () => {
        release();
        void this.#sweep([[key]]);
      },
    };
  }

  async #renewLocks(): Promise<void> {
    // While Redis is away the renewals that were asked for wait.
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    const held = [...this.#held.values()].flatMap(({ job: { id }, token }) =>
      id === undefined ? [] : [{ id, token }],
    );
    const ids = held.map(({ id }) => id);
    const tokens = held.map(({ token }) => token);
    try {
      if (ids.length > 0) await this.#worker?.extendJobLocks(ids, tokens, LOCK_MS);
    } catch (error) {
      this.#logger.debug(`The locks of jobs were not renewed: ${this.#logger.describe(error)}`);
    }
    this.#isRenewing = false;
  }

  /** Adds keys whose BullMQ job is missing, all by default, and removes old dead letters. */
  async #sweep(pages: AsyncIterable<string[]> | string[][] = this.#store.keys()): Promise<void> {
    await this.#context.readiness.whenUsable();
    if (this.#stopping.signal.aborted) return;
    try {
      for await (const keys of pages) await Promise.all(keys.map((key) => this.#ensureAdded(key)));
      await this.#store.deadLetters.removeOld();
    } catch (error) {
      this.#logger.debug(`The keys were not looked through: ${this.#logger.describe(error)}`);
    }
  }

  /** A script of BullMQ that lost a right in the middle leaves a job that exists, and that no worker gets. */
  async #ensureAdded(key: string): Promise<void> {
    const priority = await this.priorityOf(key);
    const job = await this.push(key, priority);
    if (!job.id || (await this.#queue.getJobState(job.id)) !== 'unknown') return;
    if (await job.removeDeduplicationKey()) await this.push(key, priority);
  }
}

/** A key names a thread, and BullMQ's stream of events, which never expires, names this. */
function digestOf(key: string): string {
  return hash('sha256', key, 'base64url');
}
