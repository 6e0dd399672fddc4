import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { withTimeout } from '../common/with-timeout.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { JobForwarder } from '../outbound/job-forwarder.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import { QueueClosedError } from '../queue/queue-closed.error.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { ThreadSchedule } from '../storage/thread-schedule.js';
import type { WaitingThreads } from '../storage/waiting-threads.js';
import type { ThreadRecord } from '../threads/thread-record.interface.js';
import { TIMER_STEPS, type TimerJob, type TimerStep } from './timer-job.interface.js';
import { TIMER_QUEUE } from './timers.constants.js';

/** A client of the app's own may wait for Redis forever. */
const STORE_TIMEOUT_MS = 2_000;

/** A job of a step that was lost with its process is enqueued anew when a thread is added this much later. */
const RENEWAL_MS = 60 * 60 * 1000;

/** A desk that opens no sooner, because it never closes, posts no digest. */
const MOST_DAYS = 400;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Schedules what happens with threads when time passes. Without the options `hours` and `reminders` nothing is stored.
 *
 * Every method throws a {@link ThreadMappingError} when the store does not answer within 2 seconds.
 */
@Injectable()
export class ThreadTimers {
  /** Undefined when nobody asks. */
  readonly waiting: WaitingThreads | undefined;
  /** How long each step waits; missing for one that is not wanted. */
  readonly #delaysMs: ReadonlyMap<TimerStep, number>;
  readonly #schedules: ReadonlyMap<TimerStep, ThreadSchedule>;
  /** The next opening as it was found last, and from when until when it is the next one. */
  #opening: { readonly atMs: number | null; readonly sinceMs: number; readonly untilMs: number } = {
    atMs: null,
    sinceMs: 0,
    untilMs: 0,
  };

  constructor(
    @Inject(TIMER_QUEUE) private readonly queue: OrderedQueue<TimerJob> | null,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
    private readonly forwarder: JobForwarder,
    storage: DeskStorage,
  ) {
    this.waiting = settings.hours?.digest
      ? storage.waitingThreads(settings.threadTtlSeconds)
      : undefined;
    const { firstReplyMs, nextReplyMs, escalateMs, silenceMs, closeWarningMs } = settings.reminders;
    const isReminded = firstReplyMs !== null || nextReplyMs !== null;
    const delaysMs: Record<TimerStep, number | null> = {
      first: firstReplyMs,
      next: nextReplyMs,
      mention: isReminded ? escalateMs : null,
      overdue: isReminded ? escalateMs : null,
      silence: silenceMs,
      close: silenceMs === null ? null : closeWarningMs,
    };
    const wanted = TIMER_STEPS.flatMap((step) => {
      const delayMs = delaysMs[step];
      return delayMs === null ? [] : [[step, delayMs] as const];
    });
    this.#delaysMs = new Map(wanted);
    this.#schedules = new Map(wanted.map(([step]) => [step, storage.schedule(step)]));
  }

  /** The steps that are wanted. */
  get steps(): readonly TimerStep[] {
    return [...this.#schedules.keys()];
  }

  /** The threads that wait for a step; undefined for one that is not wanted any more. */
  scheduleOf(step: TimerStep): ThreadSchedule | undefined {
    return this.#schedules.get(step);
  }

  /** Whether a thread is at this desk. What a desk had that was removed is at the default one. */
  async isHere({ desk }: ThreadRecord): Promise<boolean> {
    return (await this.forwarder.nameOf(desk)) === this.settings.desk;
  }

  /** A customer waits for an answer. The time of one who has waited before goes on. */
  async customerWaits(
    threadId: string,
    record: Pick<ThreadRecord, 'waitingSinceMs' | 'overdueSinceMs' | 'firstReplyMs'>,
  ): Promise<void> {
    const { waitingSinceMs: sinceMs, overdueSinceMs, firstReplyMs } = record;
    await this.#remove(threadId, ['silence', 'close']);
    if (sinceMs === undefined) return;
    await this.waiting?.add({ threadId, sinceMs });
    // Redis may have been flushed since it was waited for.
    await withTimeout(this.scheduleOpening(), STORE_TIMEOUT_MS);
    if (overdueSinceMs !== undefined) return;
    await this.schedule(firstReplyMs === undefined ? 'first' : 'next', threadId);
  }

  /** An agent has answered. */
  async answered(threadId: string): Promise<void> {
    await this.ended(threadId);
    await this.schedule('silence', threadId);
  }

  /** The thread is closed, or gone: nothing is to happen any more. */
  async ended(threadId: string): Promise<void> {
    await this.waiting?.remove(threadId);
    await this.#remove(threadId, TIMER_STEPS);
  }

  /** Has a step come for a thread, unless it is to come already. */
  async schedule(step: TimerStep, threadId: string): Promise<void> {
    const [schedule, delayMs] = [this.#schedules.get(step), this.#delaysMs.get(step)];
    if (!schedule || delayMs === undefined) return;
    const untilDueMs = this.#untilDueMs(delayMs);
    if (untilDueMs === null) return;
    const isFirst = await schedule.add(threadId, untilDueMs);
    // The job of a step ends when none is left. It waits for the first of all, and none that is added is due before that.
    const id = isFirst ? randomUUID() : String(Math.floor(this.clock.now() / RENEWAL_MS));
    await withTimeout(this.wake(step, id), STORE_TIMEOUT_MS);
  }

  /** Has somebody look at a step. While Redis is away it waits. */
  async wake(step: TimerStep, id: string): Promise<void> {
    await this.#enqueue(step, `${step}:${id}`, { v: 1, type: 'step', step });
  }

  /** Has the next opening waited for, if a digest is posted then: by one job, however often this is called. */
  async scheduleOpening(): Promise<void> {
    const atMs = this.#nextOpening();
    if (atMs === null) return;
    const id = `opening:${atMs}`;
    await this.#enqueue(id, id, { v: 1, type: 'opening', atMs });
  }

  /** A desk that ends takes nothing more. Each one that starts looks at every step, and at the next opening. */
  async #enqueue(key: string, id: string, job: TimerJob): Promise<void> {
    try {
      await this.queue?.enqueue(key, id, job);
    } catch (error) {
      if (!(error instanceof QueueClosedError)) throw error;
    }
  }

  #nextOpening(): number | null {
    const { hours } = this.settings;
    if (!hours?.digest) return null;
    const nowMs = this.clock.now();
    if (nowMs < this.#opening.sinceMs || nowMs >= this.#opening.untilMs) {
      const atMs = hours.clock.nextOpening(nowMs, MOST_DAYS);
      this.#opening = { atMs, sinceMs: nowMs, untilMs: atMs ?? nowMs + DAY_MS };
    }
    return this.#opening.atMs;
  }

  /** Where hours are set, only those count. Null when that is never. */
  #untilDueMs(delayMs: number): number | null {
    const { hours } = this.settings;
    if (!hours) return delayMs;
    const nowMs = this.clock.now();
    const dueAtMs = hours.clock.addWorkingMs(nowMs, delayMs);
    return dueAtMs === null ? null : dueAtMs - nowMs;
  }

  async #remove(threadId: string, steps: readonly TimerStep[]): Promise<void> {
    const schedules = steps.flatMap((step) => this.#schedules.get(step) ?? []);
    await Promise.all(schedules.map((schedule) => schedule.remove(threadId)));
  }
}
