import type { Job } from './job.interface.js';
import type { JobStore } from './job-store.js';
import type { OrderedQueueOptions } from './ordered-queue.js';

/** A key that one worker has, and nobody else, until it ends that in one of these ways. */
export interface KeyLease {
  readonly key: string;
  /** The work is done. If the key was added meanwhile, it is handed out again. */
  finish(): Promise<void>;
  /** As {@link finish}; another process gets the key next, if one takes it at once. */
  passOn(): Promise<void>;
  /** The key goes before the others of its priority when the next one is handed out, in whichever process. */
  giveBack(): Promise<void>;
  /** The work broke off. */
  abandon(): void;
}

/** The keys that have jobs, each of which is handed to one worker at a time. */
export abstract class KeyQueue<T, P> {
  constructor(
    protected readonly store: JobStore<T, P>,
    private readonly options: Pick<OrderedQueueOptions<T, P>, 'priorityOf'>,
  ) {}

  /**
   * Adds a key, unless it waits already.
   *
   * @param first Its first job; read from the store by default.
   */
  async add(key: string, first?: Job<T, P>): Promise<void> {
    await this.push(key, await this.priorityOf(key, first));
  }

  /** Waits for a key; undefined after {@link stop}. */
  abstract next(): Promise<KeyLease | undefined>;

  /** Hands out nothing more but what would be lost with this process. */
  abstract stop(): Promise<void>;

  /** Called when no key is worked on any more. */
  abstract close(): Promise<void>;

  protected abstract push(key: string, priority: number): Promise<unknown>;

  protected async priorityOf(key: string, first?: Job<T, P>): Promise<number> {
    const { priorityOf } = this.options;
    const head = first ?? (priorityOf && (await this.store.read(key, 1)).jobs[0]);
    return (head && priorityOf?.(head)) ?? 0;
  }
}
