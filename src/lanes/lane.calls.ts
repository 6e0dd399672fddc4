import type { JobsOptions, Queue } from 'bullmq';
import { LineLogger } from '../log/line.logger.js';
import type { RedisFarewell } from '../redis/redis.farewell.js';
import type { BullMqLaneContext } from './bullmq-lane.context.js';
import { GatheredCall } from './gathered.call.js';

/** Calls of a queue to its workers, in all processes: have a look at the lanes. Each is a BullMQ job. */
export class LaneCalls {
  readonly #logger = new LineLogger(LaneCalls.name);
  readonly #queue: Queue;
  /** One call is as good as many. */
  readonly #now = new GatheredCall<void, void>((asked) => this.#add().then(() => [...asked]));
  readonly #farewell: RedisFarewell;

  constructor({ bullmq, patient: connection, farewell, prefix, name }: BullMqLaneContext) {
    // On a connection that fails once while it is made, such as when Redis is away at boot, it would fail for ever.
    this.#queue = new bullmq.Queue(name, { connection, prefix });
    this.#queue.on('error', (error) => this.#logger.debug(error.message));
    this.#farewell = farewell;
  }

  /** Has somebody look. */
  make(): Promise<void> {
    return this.#now.ask();
  }

  /** Has nobody answer a call for so long. All processes keep BullMQ's limit. */
  async hold(durationMs: number): Promise<void> {
    await this.#farewell.untilAway(() => this.#queue.rateLimit(Math.ceil(durationMs)));
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
    await this.#farewell.untilAway(() => this.#queue.add('look', {}, options));
  }
}
