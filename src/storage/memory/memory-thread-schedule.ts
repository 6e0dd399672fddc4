import type { Clock } from '../../common/clock.js';
import { ThreadSchedule, type DueThreads, type ScheduledThread } from '../thread-schedule.js';

/** Keeps the schedule in the memory of this process, by a clock that is never set. */
export class MemoryThreadSchedule extends ThreadSchedule {
  readonly #dueAtMs = new Map<string, number>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    super();
    this.#clock = clock;
  }

  add(threadId: string, delayMs: number): Promise<boolean> {
    const isFirst = this.#dueAtMs.size === 0;
    if (!this.#dueAtMs.has(threadId)) {
      this.#dueAtMs.set(threadId, this.#clock.monotonicMs() + delayMs);
    }
    return Promise.resolve(isFirst);
  }

  remove(threadId: string): Promise<void> {
    this.#dueAtMs.delete(threadId);
    return Promise.resolve();
  }

  next(most: number): Promise<DueThreads> {
    const nowMs = this.#clock.monotonicMs();
    const sorted = [...this.#dueAtMs]
      .map(([threadId, dueAtMs]) => ({ threadId, dueAtMs }))
      .toSorted((a, b) => a.dueAtMs - b.dueAtMs);
    const due = sorted.filter(({ dueAtMs }) => dueAtMs <= nowMs).slice(0, most);
    const following = sorted[due.length];
    const waitMs = following ? Math.max(0, following.dueAtMs - nowMs) : null;
    return Promise.resolve({ due, waitMs });
  }

  settle({ threadId, dueAtMs }: ScheduledThread): Promise<void> {
    if (this.#dueAtMs.get(threadId) === dueAtMs) this.#dueAtMs.delete(threadId);
    return Promise.resolve();
  }
}
