import type { Clock, Timer } from '../common/clock.js';
import { delay } from '../common/delay.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { withTimeout } from '../common/with-timeout.js';
import type { KeyLease, KeyQueue } from './key-queue.js';
import type { OrderedQueueOptions } from './ordered-queue.js';
import { Turn, type TurnContext, type TurnResult } from './turn.js';

/** Fetches keys, up to `concurrency` at once, and takes a turn of each. */
export class QueueWorker<T, P> {
  readonly #logger: ThrottledLogger;
  /** The work on all keys that this process has. */
  readonly #work = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  /** By each key that this process has, what ends the wait for its first job. */
  readonly #waits = new Map<string, AbortController>();
  /** How many keys are worked on. Those whose first job waits are none of them. */
  #running = 0;
  #pauseTimer: Timer | undefined;
  #isPaused = false;
  #loop: Promise<void> | undefined;
  #wake: () => void = () => undefined;

  constructor(
    private readonly keys: KeyQueue<T, P>,
    private readonly options: OrderedQueueOptions<T, P>,
    private readonly clock: Clock,
  ) {
    this.#logger = new ThrottledLogger(QueueWorker.name, options.errors);
  }

  start(context: TurnContext<T, P>): void {
    this.#loop = this.#run(context);
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#wake();
  }

  /** Lets a key that waits for its first job have its turn now, if this process has it. */
  wake(key: string): void {
    this.#waits.get(key)?.abort();
  }

  /** Waits for the work under way; what is not finished after `graceMs` is for another process to take over. */
  async close(graceMs: number): Promise<void> {
    this.#closing.abort();
    this.#wake();
    const end = Promise.resolve(this.#loop).then(() => Promise.all(this.#work));
    await withTimeout(end, graceMs, this.clock).catch(() => undefined);
    this.#isPaused = true;
    this.#pauseTimer?.cancel();
  }

  get #canStart(): boolean {
    return !this.#isPaused && this.#pauseTimer === undefined;
  }

  async #run(context: TurnContext<T, P>): Promise<void> {
    for (;;) {
      if (!this.#canStart && this.#closing.signal.aborted) return;
      if (!this.#canStart || this.#running >= this.options.concurrency) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      const lease = await this.keys.next();
      if (!lease) return;
      const work = this.#workOn(lease, context)
        .catch((error: unknown) => {
          this.#logger.debug(`The work on a key broke off: ${this.#logger.describe(error)}`);
          lease.abandon();
        })
        .finally(() => this.#work.delete(work));
      this.#work.add(work);
    }
  }

  async #workOn(lease: KeyLease, context: TurnContext<T, P>): Promise<void> {
    // It may have been paused while it waited for the key.
    if (!this.#canStart) return lease.giveBack();
    this.#running += 1;
    const wait = new AbortController();
    this.#waits.set(lease.key, wait);
    let delayed: TurnResult | undefined;
    try {
      const result = await Turn.take(context, lease.key);
      const { next, waitMs } = result;
      if (next === 'delayed') delayed = result;
      else if (next === 'paused') await this.#pauseFor(waitMs, lease);
      else await this.#finish(lease, next === 'again');
    } finally {
      this.#running -= 1;
      this.#wake();
    }
    if (delayed) await this.#finishLater(lease, delayed, wait.signal);
    if (this.#waits.get(lease.key) === wait) this.#waits.delete(lease.key);
  }

  /** A key that is added before its lease is finished is handed out after that. */
  async #finish(lease: KeyLease, hasJobs: boolean, isPassedOn = false): Promise<void> {
    if (hasJobs) await this.keys.add(lease.key);
    await (isPassedOn ? lease.passOn() : lease.finish());
  }

  /** Meanwhile the lease is kept: when this process ends, so does that, and another one goes on. */
  async #finishLater(
    lease: KeyLease,
    { waitMs, isPassedOn }: TurnResult,
    woken: AbortSignal,
  ): Promise<void> {
    await delay(this.clock, waitMs, AbortSignal.any([this.#closing.signal, woken]));
    await (this.#closing.signal.aborted ? lease.giveBack() : this.#finish(lease, true, isPassedOn));
  }

  async #pauseFor(pauseMs: number, lease: KeyLease): Promise<void> {
    // The pause would outlast the queue.
    if (this.#closing.signal.aborted) this.#isPaused = true;
    else {
      this.#pauseTimer?.cancel();
      this.#pauseTimer = this.clock.setTimer(() => {
        this.#pauseTimer = undefined;
        this.#wake();
      }, pauseMs);
    }
    await lease.giveBack();
  }
}
