import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import { ThreadTimers } from './thread-timers.js';
import type { TimerJob } from './timer-job.interface.js';
import { TimerProcessor } from './timer.processor.js';
import { TIMER_QUEUE } from './timers.constants.js';

/** How long {@link DeskTimers.close} waits for what is being done. */
const CLOSE_GRACE_MS = 10_000;

/** Starts and stops what a desk does when time passes. Without the options `hours` and `reminders` that is nothing. */
@Injectable()
export class DeskTimers {
  readonly #logger: ThrottledLogger;

  constructor(
    @Inject(TIMER_QUEUE) private readonly queue: OrderedQueue<TimerJob> | null,
    private readonly timers: ThreadTimers,
    private readonly processor: TimerProcessor,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(DeskTimers.name, errors);
  }

  /** Goes on with what other processes have left, too. Waits for nothing. */
  start(): void {
    if (!this.queue) return;
    this.queue.process(this.processor);
    void this.#wake();
  }

  async close(): Promise<void> {
    await this.queue?.close(CLOSE_GRACE_MS);
  }

  /** A process may have ended between the two steps in which a thread is scheduled. */
  async #wake(): Promise<void> {
    try {
      await this.timers.scheduleOpening();
      await Promise.all(this.timers.steps.map((step) => this.timers.wake(step, randomUUID())));
    } catch (error) {
      this.#logger.warn(
        `What is due at the desk may be late by an hour: ${this.#logger.describe(error)}`,
      );
    }
  }
}
