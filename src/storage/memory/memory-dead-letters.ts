import type { Clock } from '../../common/clock.js';
import { TtlMap } from '../../common/ttl-map.js';
import { compareDeadLetters, type DeadLetterPage } from '../../queue/dead-letter-page.js';
import type { DeadJob, Job } from '../../queue/job.interface.js';
import type { DeadLetterStore } from '../../queue/job-store.js';

const TTL_MS = 30 * 24 * 60 * 60 * 1000;

/** The dead letters of a queue in this process. */
export class MemoryDeadLetters<T, P> implements DeadLetterStore<T, P> {
  readonly #letters: TtlMap<DeadJob<T, P>>;

  constructor(private readonly clock: Clock) {
    this.#letters = new TtlMap(clock, TTL_MS);
  }

  add(key: string, job: Job<T, P>, reason: string): void {
    this.#letters.set(job.id, { key, job, reason, failedAtMs: this.clock.now() });
  }

  list({ limit, after }: DeadLetterPage = {}): Promise<DeadJob<T, P>[]> {
    const letters = this.#letters
      .values()
      .filter((letter) => !after || compareDeadLetters(letter, after) > 0)
      .toSorted((one, { failedAtMs, job: { id } }) => compareDeadLetters(one, { failedAtMs, id }));
    return Promise.resolve(letters.slice(0, limit));
  }

  count(): Promise<number> {
    return Promise.resolve(this.#letters.values().length);
  }

  find(id: string): Promise<DeadJob<T, P> | undefined> {
    return Promise.resolve(this.#letters.get(id));
  }

  /** Removes a letter, and returns it. */
  take(id: string): DeadJob<T, P> | undefined {
    const letter = this.#letters.get(id);
    this.#letters.delete(id);
    return letter;
  }

  discard(id: string): Promise<boolean> {
    return Promise.resolve(this.#letters.delete(id));
  }
}
