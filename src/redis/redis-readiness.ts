import { AsyncLocalStorage } from 'node:async_hooks';
import { Backoff } from '../common/backoff.js';
import { withTimeout } from '../common/with-timeout.js';
import { SafeLogger } from '../common/safe-logger.js';
import { REDIS_TIMEOUT_MS } from './redis-connection.js';
import { RedisNotReadyError } from './redis-not-ready.error.js';
import type { RedisNeed } from './redis-commands.js';
import type { RedisProbe } from './redis-probe.js';
import { wordsOfRedisProblem, type RedisProblem } from './redis-problem.js';

/** The wait before Redis is probed again when it has not answered, and the least time between two probes. */
const PROBE_INTERVAL_MS = 1_000;

/**
 * Finds out whether Redis allows everything that the desk needs: at the start, when a command was denied, and
 * then repeatedly, with a growing delay, so that the desk continues by itself when the cause has ended.
 */
export class RedisReadiness {
  /** Runs a function outside the async context of the app's request that caused it. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();
  readonly #logger = new SafeLogger(RedisReadiness.name);
  readonly #probe: Pick<RedisProbe, 'run' | 'alsoTry'>;
  readonly #delay = new Backoff();
  /** Null when there is none; undefined until the first answer. */
  #problem: RedisProblem | null | undefined;
  #firstProbe: Promise<void> | undefined;
  #inFlight: Promise<void> | undefined;
  #probedAtMs = Number.NEGATIVE_INFINITY;
  #next: NodeJS.Timeout | undefined;
  /** The callers of {@link whenUsable} that wait. */
  #waiting: Array<() => void> = [];
  #isClosed = false;

  /** @param probe Finds out what Redis denies. */
  constructor(probe: Pick<RedisProbe, 'run' | 'alsoTry'>) {
    this.#probe = probe;
  }

  /** Resolves when stored jobs can be processed, however long that takes. */
  async whenUsable(): Promise<void> {
    void this.#firstAnswer();
    if (!this.#isUsable) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /**
   * Resolves when Redis denies nothing. Probes again, once a second at most, if it did.
   *
   * @throws {@link RedisNotReadyError} When Redis denies something.
   */
  async assertReady(): Promise<void> {
    if (this.#problem === null) return;
    await this.#firstAnswer();
    if (this.#problem && performance.now() - this.#probedAtMs > PROBE_INTERVAL_MS)
      await this.#probeOnce();
    if (this.#problem) throw new RedisNotReadyError();
  }

  /**
   * What Redis denies now; null when it denies nothing. Tries it anew each time.
   *
   * @throws When Redis does not answer in time.
   */
  probe(): Promise<RedisProblem | null> {
    return withTimeout(this.#probe.run(), REDIS_TIMEOUT_MS);
  }

  /** Counts this among what the desk needs. */
  alsoTry(need: RedisNeed): void {
    this.#probe.alsoTry(need);
  }

  /** Call it when a command was denied: finds out what Redis denies, unless that is known. */
  suspect(): void {
    if (this.#inFlight || this.#problem) return;
    const sinceMs = performance.now() - this.#probedAtMs;
    if (sinceMs > PROBE_INTERVAL_MS) void this.#probeOnce();
    else this.#probeIn(PROBE_INTERVAL_MS - sinceMs);
  }

  /** Probes no more. A pending {@link whenUsable} never settles. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#next);
  }

  get #isUsable(): boolean {
    return this.#problem === null || this.#problem?.allowsWork === true;
  }

  #firstAnswer(): Promise<void> {
    return (this.#firstProbe ??= this.#probeOnce());
  }

  #probeOnce(): Promise<void> {
    return (this.#inFlight ??= this.#outsideRequests(() => this.#run()).finally(
      () => (this.#inFlight = undefined),
    ));
  }

  async #run(): Promise<void> {
    if (this.#isClosed) return;
    clearTimeout(this.#next);
    try {
      this.#update(await withTimeout(this.#probe.run(), REDIS_TIMEOUT_MS));
    } catch {
      // RedisOutageLog reports that Redis does not answer. Work that has begun goes on.
      if (this.#problem !== null) this.#probeIn(PROBE_INTERVAL_MS);
    }
    this.#probedAtMs = performance.now();
  }

  #update(problem: RedisProblem | null): void {
    const former = this.#problem;
    this.#problem = problem;
    if (problem) {
      if (problem.summary !== former?.summary) this.#logger.error(lineOf(problem));
      this.#probeIn(this.#delay.nextMs());
    } else {
      this.#delay.reset();
      if (former) this.#logger.log('Redis allows everything that the desk needs again');
    }
    if (this.#isUsable) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #probeIn(delayMs: number): void {
    if (this.#isClosed) return;
    clearTimeout(this.#next);
    this.#next = setTimeout(() => void this.#probeOnce(), delayMs).unref();
  }
}

/** The remedy comes last, so that it is easy to copy. */
function lineOf(problem: RedisProblem): string {
  const { finding, why, remedy } = wordsOfRedisProblem(problem);
  return `${finding}. ${why}. Remedy: ${remedy}`;
}
