import type { JobsOptions, Queue } from 'bullmq';
import { LineLogger } from '../log/line.logger.js';
import type { RedisFarewell } from '../redis/redis.farewell.js';
import type { BullMqLaneContext } from './bullmq-lane.context.js';
import { GatheredCall } from './gathered.call.js';

/** When what answers a call fails for a reason of its own, such as a Redis that is starting, it is called again. */
const FAILED_CALL_MS = 1_000;

/** Calls of a queue to its workers, in all processes: have a look at the lanes. Each is a BullMQ job. */
export class LaneCalls {
  readonly #logger = new LineLogger(LaneCalls.name);
  readonly #queue: Queue;
  /** One call is as good as many. */
  readonly #now = new GatheredCall<void, void>((asked) => this.#add(0).then(() => [...asked]));
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

  /** Has somebody look then, in milliseconds since the Unix epoch. */
  makeAt(dueAtMs: number): Promise<void> {
    return this.#add(Math.max(0, dueAtMs - Date.now()));
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

  async #add(delayMs: number): Promise<void> {
    const options: JobsOptions = {
      delay: delayMs,
      attempts: Number.MAX_SAFE_INTEGER,
      backoff: { type: 'fixed', delay: FAILED_CALL_MS },
      removeOnComplete: true,
      removeOnFail: true,
      // Each failure would leave another one with the job.
      stackTraceLimit: 1,
    };
    await this.#farewell.untilAway(() => this.#queue.add('look', {}, options));
  }
}
