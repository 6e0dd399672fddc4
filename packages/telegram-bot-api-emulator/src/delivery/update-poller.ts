import type { Clock, Timer } from '../time/clock.js';
import { BotApiError } from '../common/bot-api.error.js';
import type { PendingUpdate, UpdateQueue } from './update-queue.js';

/** What getUpdates asks for. */
export interface UpdatePoll {
  /** The first update wanted; those before it are confirmed. Negative: this many from the end. */
  readonly offset: number;
  readonly limit: number;
  readonly timeoutSeconds: number;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

interface Waiting {
  readonly finish: (updates: PendingUpdate[]) => void;
  /** Ends the waiting with a 409. */
  readonly conflict: (reason: string) => void;
  readonly poll: UpdatePoll;
}

/** The same offset within this time has to wait, so that a loop without a timeout is slowed down. */
const SAME_OFFSET_MS = 3_000;
const SAME_OFFSET_TIMEOUT_SECONDS = 3;
/** An offset so far in the future is ignored, as that of before the ids went down (td: TQueue.cpp). */
const MAX_LEAP = 10;
/** A second conflict within this time is answered this much later. */
const CONFLICT_DELAY_MS = 3_000;

/** Gives updates to a bot that asks for them (telegram-bot-api, Client.cpp:15660-15724, 16238). */
export class UpdatePoller {
  readonly #clock: Clock;
  readonly #queue: UpdateQueue;
  readonly #delays = new Set<Timer>();
  /** Updates without an id, which no offset can confirm: they are given once. */
  readonly #given = new WeakSet<PendingUpdate>();
  #waiting: Waiting | undefined;
  #lastOffset: number | undefined;
  #lastOffsetAt = Number.NEGATIVE_INFINITY;
  #nextConflictAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, queue: UpdateQueue) {
    this.#clock = clock;
    this.#queue = queue;
  }

  /**
   * Confirms what comes before the offset and resolves with what comes from there on, at once or
   * when there is something; with nothing when the time is over.
   *
   * @throws {@link BotApiError} 409 when another poll that has to wait, or a webhook, takes the
   *   place of this one.
   */
  poll(poll: UpdatePoll): Promise<PendingUpdate[]> {
    const timeoutSeconds = this.#timeoutOf(poll);
    this.#confirm(poll.offset);
    const updates = this.#give(poll);
    if (updates.length > 0 || timeoutSeconds === 0) return Promise.resolve(updates);
    this.interrupt(
      'terminated by other getUpdates request; make sure that only one bot instance is running',
    );
    return this.#wait(poll, timeoutSeconds);
  }

  /** Ends the poll that waits with a 409. */
  interrupt(reason: string): void {
    this.#waiting?.conflict(reason);
  }

  /** Ends the poll that waits with nothing, and forgets the timers. */
  close(): void {
    for (const timer of this.#delays) timer.cancel();
    this.#waiting?.finish([]);
  }

  /** Says a conflict, later when one was said just now. */
  async refuse(reason: string): Promise<never> {
    const now = this.#clock.monotonicMs();
    if (now >= this.#nextConflictAt) {
      this.#nextConflictAt = now + CONFLICT_DELAY_MS;
    } else {
      await new Promise<void>((resolve) => {
        const timer = this.#clock.setTimer(() => {
          this.#delays.delete(timer);
          resolve();
        }, CONFLICT_DELAY_MS);
        this.#delays.add(timer);
      });
    }
    throw new BotApiError(409, `Conflict: ${reason}`);
  }

  /** Says that updates have come. */
  notify(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    const updates = this.#give(waiting.poll);
    if (updates.length > 0) waiting.finish(updates);
  }

  #timeoutOf({ offset, timeoutSeconds }: UpdatePoll): number {
    const now = this.#clock.monotonicMs();
    const isRepeated = offset === this.#lastOffset && now - this.#lastOffsetAt < SAME_OFFSET_MS;
    this.#lastOffset = offset;
    this.#lastOffsetAt = now;
    return isRepeated ? Math.max(SAME_OFFSET_TIMEOUT_SECONDS, timeoutSeconds) : timeoutSeconds;
  }

  #confirm(offset: number): void {
    const first = this.#firstWanted(offset);
    const now = this.#clock.monotonicMs();
    for (const update of this.#queue.list) {
      const isConfirmed = update.id < 0 ? this.#given.has(update) : update.id < first;
      if (isConfirmed || update.expiresAt <= now) this.#queue.remove(update);
    }
  }

  #firstWanted(offset: number): number {
    const { list, nextId } = this.#queue;
    if (offset < 0) return list.at(offset)?.id ?? Number.NEGATIVE_INFINITY;
    const tail = Math.max(nextId, (list.at(-1)?.id ?? 0) + 1);
    return offset === 0 || offset > tail + MAX_LEAP ? Number.NEGATIVE_INFINITY : offset;
  }

  #give({ limit }: UpdatePoll): PendingUpdate[] {
    const updates = this.#queue.list.slice(0, limit);
    for (const update of updates) this.#given.add(update);
    return updates;
  }

  #wait(poll: UpdatePoll, timeoutSeconds: number): Promise<PendingUpdate[]> {
    return new Promise((resolve, reject) => {
      let timer: Timer | undefined;
      const settle = (): void => {
        timer?.cancel();
        if (this.#waiting === waiting) this.#waiting = undefined;
      };
      const waiting: Waiting = {
        poll,
        finish: (updates) => {
          settle();
          resolve(updates);
        },
        conflict: (reason) => {
          settle();
          this.refuse(reason).catch(reject);
        },
      };
      this.#waiting = waiting;
      timer = this.#clock.setTimer(() => waiting.finish([]), timeoutSeconds * 1000);
      poll.signal.addEventListener('abort', () => waiting.finish([]));
    });
  }
}
