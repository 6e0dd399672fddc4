import type { Clock, Timer } from '../../clock/clock.js';
import { BotApiFailure } from '../http/bot-api.failure.js';
import type { PendingUpdate, UpdateQueue } from './update.queue.js';

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
  readonly fail: (failure: BotApiFailure) => void;
  readonly poll: UpdatePoll;
}

/** The same offset within this time has to wait, so that a loop without a timeout is slowed down. */
const SAME_OFFSET_MS = 3_000;
const SAME_OFFSET_TIMEOUT_SECONDS = 3;
/** A second conflict within this time is answered this much later. */
const CONFLICT_DELAY_MS = 3_000;

/** Gives updates to a bot that asks for them (telegram-bot-api, Client.cpp:15660-15724, 16238). */
export class UpdatePoller {
  readonly #clock: Clock;
  readonly #queue: UpdateQueue;
  readonly #delays = new Set<Timer>();
  #waiting: Waiting | undefined;
  #lastOffset: number | undefined;
  #lastOffsetAt = Number.NEGATIVE_INFINITY;
  #lastConflictAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, queue: UpdateQueue) {
    this.#clock = clock;
    this.#queue = queue;
  }

  /**
   * Confirms what comes before the offset and resolves with what comes from there on, at once or
   * when there is something; with nothing when the time is over.
   *
   * @throws {@link BotApiFailure} 409 when another poll, or a webhook, takes the place of this one.
   */
  poll(poll: UpdatePoll): Promise<PendingUpdate[]> {
    this.interrupt(
      'terminated by other getUpdates request; make sure that only one bot instance is running',
    );
    const timeoutSeconds = this.#timeoutOf(poll);
    this.#confirm(poll.offset);
    const updates = this.#find(poll);
    if (updates.length > 0 || timeoutSeconds === 0) return Promise.resolve(updates);
    return this.#wait(poll, timeoutSeconds);
  }

  /** Ends the poll that waits with a 409. */
  interrupt(reason: string): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = undefined;
    waiting.fail(new BotApiFailure(409, `Conflict: ${reason}`));
  }

  /** Ends the poll that waits with nothing, and forgets the timers. */
  close(): void {
    for (const timer of this.#delays) timer.cancel();
    this.#waiting?.finish([]);
  }

  /** Says a conflict, later when the one before was just now. */
  async refuse(reason: string): Promise<never> {
    const isRepeated = this.#clock.now() - this.#lastConflictAt < CONFLICT_DELAY_MS;
    this.#lastConflictAt = this.#clock.now();
    if (isRepeated) {
      await new Promise<void>((resolve) => {
        const timer = this.#clock.setTimer(() => {
          this.#delays.delete(timer);
          resolve();
        }, CONFLICT_DELAY_MS);
        this.#delays.add(timer);
      });
    }
    throw new BotApiFailure(409, `Conflict: ${reason}`);
  }

  /** Says that updates have come. */
  notify(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    const updates = this.#find(waiting.poll);
    if (updates.length > 0) waiting.finish(updates);
  }

  #timeoutOf({ offset, timeoutSeconds }: UpdatePoll): number {
    const now = this.#clock.now();
    const isRepeated = offset === this.#lastOffset && now - this.#lastOffsetAt < SAME_OFFSET_MS;
    this.#lastOffset = offset;
    this.#lastOffsetAt = now;
    return isRepeated ? Math.max(SAME_OFFSET_TIMEOUT_SECONDS, timeoutSeconds) : timeoutSeconds;
  }

  #confirm(offset: number): void {
    const { list } = this.#queue;
    const now = this.#clock.now();
    const first = offset < 0 ? (list.at(offset)?.id ?? list[0]?.id ?? 0) : offset;
    for (const update of list) {
      if (update.id < first || update.expiresAt <= now) this.#queue.remove(update);
    }
  }

  #find({ limit }: UpdatePoll): PendingUpdate[] {
    return this.#queue.list.slice(0, limit);
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
        fail: (failure) => {
          settle();
          reject(failure);
        },
      };
      this.#waiting = waiting;
      timer = this.#clock.setTimer(() => waiting.finish([]), timeoutSeconds * 1000);
      poll.signal.addEventListener('abort', () => waiting.finish([]));
    });
  }
}
