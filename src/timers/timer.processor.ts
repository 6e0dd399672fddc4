import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import type { FailedJob, JobBatch, JobProcessor, Pause } from '../queue/job-processor.interface.js';
import { OpeningDigest } from './opening-digest.js';
import { OverdueThreads } from './overdue-threads.js';
import { SilentThreads } from './silent-threads.js';
import { ThreadTimers } from './thread-timers.js';
import type { TimerJob, TimerStep } from './timer-job.interface.js';

/** How many threads are looked up at once. */
const MOST_THREADS = 20;

/** The longest time without another look, because clocks may be set, and options changed. */
const LONGEST_PAUSE_MS = 10 * 60 * 1000;

/** Waits until something is due, and has it done. */
@Injectable()
export class TimerProcessor implements JobProcessor<TimerJob> {
  readonly #logger: SafeLogger;

  constructor(
    private readonly timers: ThreadTimers,
    private readonly digest: OpeningDigest,
    private readonly overdue: OverdueThreads,
    private readonly silent: SilentThreads,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(TimerProcessor.name, errors);
  }

  /** @throws When the store has failed, which is tried again. */
  async process({ jobs: [first] }: JobBatch<TimerJob>): Promise<Pause | void> {
    if (!first) return;
    const { payload } = first;
    const waitMs =
      payload.type === 'opening'
        ? await this.digest.post(payload.atMs)
        : await this.#run(payload.step);
    if (waitMs === null) return;
    return { pauseMs: Math.min(Math.max(waitMs, 1), LONGEST_PAUSE_MS), keyOnly: true };
  }

  onFailed({ key, error }: FailedJob<TimerJob>): Promise<void> {
    this.#logger.error(`What ${key} is for does not happen: ${this.#logger.describe(error)}`);
    return Promise.resolve();
  }

  /** Does what is due. @returns How long to wait for the next thread; null when there is none. */
  async #run(step: TimerStep): Promise<number | null> {
    const schedule = this.timers.scheduleOf(step);
    if (!schedule) return null;
    for (;;) {
      const { due, waitMs } = await schedule.next(MOST_THREADS);
      if (due.length === 0) return waitMs;
      const closedMs = this.#untilOpen();
      if (closedMs > 0) return closedMs;
      for (const thread of due) {
        await this.#take(step, thread.threadId);
        await schedule.settle(thread);
      }
    }
  }

  async #take(step: TimerStep, threadId: string): Promise<void> {
    switch (step) {
      case 'first':
      case 'next':
        return this.overdue.mark(threadId);
      case 'mention':
        return this.overdue.mention(threadId);
      case 'overdue':
        return this.overdue.publish(threadId);
      case 'silence':
        return this.silent.announceEnd(threadId);
      case 'close':
        return this.silent.close(threadId);
    }
  }

  /** The clock of the process may have been set since the time was reckoned. 0 when the desk is open. */
  #untilOpen(): number {
    const { hours } = this.settings;
    const nowMs = this.clock.now();
    if (!hours || hours.clock.isOpen(nowMs)) return 0;
    return (hours.clock.nextOpening(nowMs) ?? Infinity) - nowMs;
  }
}
