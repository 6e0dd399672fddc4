import type { Clock } from '../../common/clock.js';
import { DedupSet } from '../../common/dedup-set.js';
import { Deferred } from '../../queue/deferred.js';
import { renewed, waitsSinceMs, type Job } from '../../queue/job.interface.js';
import type { JobStore, ReadJobs, StoredBacklog, StoreResult } from '../../queue/job-store.js';
import { LeaseLostError } from '../../queue/lease-lost.error.js';
import { QueueClosedError } from '../../queue/queue-closed.error.js';
import { MemoryDeadLetters } from './memory-dead-letters.js';

const ID_TTL_MS = 24 * 60 * 60 * 1000;

/** The jobs of a queue in this process. Nobody else can take a key over. */
export class MemoryJobStore<T, P> implements JobStore<T, P> {
  readonly deadLetters: MemoryDeadLetters<T, P>;
  readonly #jobs = new Map<string, Job<T, P>[]>();
  /** Of each job that is not done. */
  readonly #pending = new Map<string, Deferred>();
  readonly #knownIds: DedupSet;

  constructor(private readonly clock: Clock) {
    this.deadLetters = new MemoryDeadLetters(clock);
    this.#knownIds = new DedupSet(clock, ID_TTL_MS);
  }

  enqueue(key: string, job: Job<T, P>): Promise<StoreResult> {
    const pending = this.#pending.get(job.id)?.promise;
    if (pending ?? !this.#knownIds.add(job.id)) {
      const persisted = pending ?? Promise.resolve();
      return Promise.resolve({ isDuplicate: true, persisted, needsTurn: false });
    }
    return Promise.resolve({ isDuplicate: false, ...this.#append(key, job) });
  }

  read(key: string, most: number): Promise<ReadJobs<T, P>> {
    return Promise.resolve({ jobs: this.#jobs.get(key)?.slice(0, most) ?? [], waitMs: 0 });
  }

  complete(key: string, head: Job<T, P>, count: number, changed?: Job<T, P>): Promise<number> {
    const jobs = this.#jobs.get(key) ?? [];
    if (jobs[0] !== head) return Promise.reject(new LeaseLostError(key));
    for (const { id } of jobs.splice(0, count)) {
      this.#pending.get(id)?.resolve();
      this.#pending.delete(id);
    }
    if (changed) jobs[0] = changed;
    if (jobs.length === 0) this.#jobs.delete(key);
    return Promise.resolve(jobs.length);
  }

  /** The worker has a timer for it. */
  delay(key: string, head: Job<T, P>): Promise<void> {
    const isFirst = this.#jobs.get(key)?.[0] === head;
    return isFirst ? Promise.resolve() : Promise.reject(new LeaseLostError(key));
  }

  moveToDeadLetters(key: string, head: Job<T, P>, reason: string): Promise<number> {
    if (this.#jobs.get(key)?.[0] !== head) return Promise.reject(new LeaseLostError(key));
    this.deadLetters.add(key, head, reason);
    return this.complete(key, head, 1);
  }

  async *keys(): AsyncGenerator<readonly string[]> {
    yield [...this.#jobs.keys()];
  }

  backlog(counts: (key: string) => boolean): Promise<StoredBacklog> {
    const counted = [...this.#jobs].flatMap(([key, jobs]) => (counts(key) ? [jobs] : []));
    // As in Redis, which reads no more of a key.
    const times = counted.flatMap(([first]) => (first && waitsSinceMs(first)) ?? []);
    const oldestAtMs = times.length > 0 ? Math.min(...times) : undefined;
    return Promise.resolve({ jobs: counted.flat().length, oldestAtMs });
  }

  drop(key: string): Promise<ReadonlyArray<Job<T, P>>> {
    const jobs = this.#jobs.get(key) ?? [];
    this.#jobs.delete(key);
    for (const { id } of jobs) {
      this.#pending.get(id)?.resolve();
      this.#pending.delete(id);
    }
    return Promise.resolve(jobs);
  }

  retryDeadLetter(id: string): Promise<{ key: string; needsTurn: boolean } | undefined> {
    const letter = this.deadLetters.take(id);
    if (!letter) return Promise.resolve(undefined);
    const { key, job } = letter;
    return Promise.resolve({ key, ...this.#append(key, renewed(job, this.clock.now())) });
  }

  close(): Promise<readonly string[]> {
    for (const { reject } of this.#pending.values()) reject(new QueueClosedError());
    return Promise.resolve([...this.#jobs.keys()]);
  }

  #append(key: string, job: Job<T, P>): { persisted: Promise<void>; needsTurn: boolean } {
    const jobs = this.#jobs.get(key) ?? [];
    this.#jobs.set(key, jobs);
    const pending = new Deferred();
    this.#pending.set(job.id, pending);
    return { persisted: pending.promise, needsTurn: jobs.push(job) === 1 };
  }
}
