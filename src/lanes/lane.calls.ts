import type { JobsOptions, Queue } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import type { ErrorDescriber } from '../errors/index.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import type { ShutdownDeadline } from '../redis/shutdown-deadline.js';
import { RedisScript } from '../redis/redis-script.js';
import type { RedisQueueContext } from '../storage/redis/redis-queue-context.js';
import { GatheredCall } from './gathered.call.js';

/** As BullMQ's `Queue.rateLimit` does. KEYS: limiter. ARGV: what BullMQ takes for too many jobs, durationMs. */
const LIMIT = RedisScript.evenWhenFull(`return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])`);

/** Calls of a queue to its workers, in all processes: have a look at the lanes. Each is a BullMQ job. */
export class LaneCalls {
  readonly #logger: ThrottledLogger;
  readonly #client: Redis | Cluster;
  readonly #queue: Queue;
  /** One call is as good as many. */
  readonly #now = new GatheredCall<void, void>((asked) => this.#add().then(() => [...asked]));
  readonly #farewell: ShutdownDeadline;

  constructor(
    { bullmq, patient: connection, farewell, prefix, name }: RedisQueueContext,
    errors?: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(LaneCalls.name, errors);
    // On a connection that fails once while it is made, such as when Redis is away at boot, it would fail for ever.
    // It would ask for the version with INFO, which many users may not.
    this.#queue = new bullmq.Queue(name, { connection, prefix, skipVersionCheck: true });
    this.#queue.on('error', (error) => this.#logger.debug(this.#logger.describe(error)));
    this.#client = connection;
    this.#farewell = farewell;
  }

  /** Has somebody look. */
  make(): Promise<void> {
    return this.#now.ask();
  }

  /** Has nobody answer a call for so long. All processes keep BullMQ's limit. */
  async hold(durationMs: number): Promise<void> {
    const limiter = this.#queue.toKey('limiter');
    const args = [Number.MAX_SAFE_INTEGER, Math.ceil(durationMs)];
    await this.#farewell.untilShutdown(() => LIMIT.run(this.#client, [limiter], args));
  }

  /** Whether a job still is to be done, or is being done. */
  async knows(job: string): Promise<boolean> {
    return (await this.#queue.getJob(job)) !== undefined;
  }

  close(): Promise<void> {
    return this.#queue.close();
  }

  /** Without delays and backoffs: BullMQ counts those by the clocks of the processes. */
  async #add(): Promise<void> {
    const options: JobsOptions = {
      attempts: Number.MAX_SAFE_INTEGER,
      removeOnComplete: true,
      removeOnFail: true,
      // Each failure would leave another one with the job.
      stackTraceLimit: 1,
    };
    await this.#farewell.untilShutdown(() => this.#queue.add('look', {}, options));
  }
}
