import { AsyncLocalStorage } from 'node:async_hooks';
import { Backoff } from '../common/backoff.js';
import { withTimeout } from '../common/with-timeout.js';
import { SafeLogger } from '../common/safe-logger.js';
import { REDIS_TIMEOUT_MS } from './redis-connection.js';
import { RedisNotReadyError } from './redis-not-ready.error.js';
import type { RedisProbe } from './redis-probe.js';
import type { RedisProblem } from './redis-problem.js';

/** When a Redis that does not answer is tried again, and how often one is tried at most that denies something. */
const SOON_MS = 1_000;

/**
 * Knows whether Redis allows all that is needed. It is tried at the start, and when something has been
 * denied; while anything is, again and again, with a growing delay, so that all goes on by itself.
 */
export class RedisReadiness {
  /** Runs what belongs to no request of the app, though one has set it going. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();
  readonly #logger = new SafeLogger(RedisReadiness.name);
  readonly #probe: Pick<RedisProbe, 'run'>;
  readonly #delay = new Backoff();
  /** Null when there is none, undefined as long as that is not known. */
  #trouble: RedisProblem | null | undefined;
  #firstTry: Promise<void> | undefined;
  #underWay: Promise<void> | undefined;
  #triedAtMs = Number.NEGATIVE_INFINITY;
  #next: NodeJS.Timeout | undefined;
  /** Who waits until it is usable. */
  #waiting: Array<() => void> = [];
  #isClosed = false;

  /** @param probe Tells what is denied. */
  constructor(probe: Pick<RedisProbe, 'run'>) {
    this.#probe = probe;
  }

  /** Resolves when what waits can be worked on, however long that takes. */
  async whenUsable(): Promise<void> {
    void this.#firstAnswer();
    if (!this.#isUsable) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /**
   * Resolves unless something is denied, in which case it is tried again, once a second at most.
   *
   * @throws {@link RedisNotReadyError}
   */
  async assertReady(): Promise<void> {
    if (this.#trouble === null) return;
    await this.#firstAnswer();
    if (this.#trouble && performance.now() - this.#triedAtMs > SOON_MS) await this.#try();
    if (this.#trouble) throw new RedisNotReadyError();
  }

  /** Something has been denied: finds out what, unless that is known. */
  suspect(): void {
    if (this.#underWay || this.#trouble) return;
    const sinceMs = performance.now() - this.#triedAtMs;
    if (sinceMs > SOON_MS) void this.#try();
    else this.#tryIn(SOON_MS - sinceMs);
  }

  /** Tries nothing more. Who waits for {@link whenUsable} waits for ever. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#next);
  }

  get #isUsable(): boolean {
    return this.#trouble === null || this.#trouble?.allowsWork === true;
  }

  #firstAnswer(): Promise<void> {
    return (this.#firstTry ??= this.#try());
  }

  #try(): Promise<void> {
    return (this.#underWay ??= this.#outsideRequests(() => this.#run()).finally(
      () => (this.#underWay = undefined),
    ));
  }

  async #run(): Promise<void> {
    if (this.#isClosed) return;
    clearTimeout(this.#next);
    try {
      this.#note(await withTimeout(this.#probe.run(), REDIS_TIMEOUT_MS));
    } catch {
      // That it does not answer is said elsewhere, and keeps nobody from work who has been at it.
      if (this.#trouble !== null) this.#tryIn(SOON_MS);
    }
    this.#triedAtMs = performance.now();
  }

  #note(trouble: RedisProblem | null): void {
    const former = this.#trouble;
    this.#trouble = trouble;
    if (trouble) {
      if (trouble.summary !== former?.summary) this.#logger.error(lineOf(trouble));
      this.#tryIn(this.#delay.nextMs());
    } else {
      this.#delay.reset();
      if (former) this.#logger.log('Redis allows all that is needed again');
    }
    if (this.#isUsable) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #tryIn(delayMs: number): void {
    if (this.#isClosed) return;
    clearTimeout(this.#next);
    this.#next = setTimeout(() => void this.#try(), delayMs).unref();
  }
}

/** The remedy stands at the end, to be copied. */
function lineOf({ summary, remedy, allowsWork }: RedisProblem): string {
  const consequence = allowsWork
    ? 'What waits is worked on, and nothing is accepted until there is room'
    : 'Nothing is accepted or worked on until that is mended';
  return `Redis denies what is needed: ${summary}. ${consequence}; then all goes on by itself. Remedy: ${remedy}`;
}
