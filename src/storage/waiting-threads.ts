/** A thread whose customer waits for an answer. */
export interface WaitingThread {
  readonly threadId: string;
  /** In milliseconds since the Unix epoch. */
  readonly sinceMs: number;
}

/**
 * Keeps which threads of a desk wait for an answer, so that nobody has to look through all of them. The record of a thread
 * decides; this says which to look at. Every method throws when the store does not answer within 2 seconds.
 */
export abstract class WaitingThreads {
  /** A thread that is known keeps its time. */
  abstract add(thread: WaitingThread): Promise<void>;

  abstract remove(threadId: string): Promise<void>;

  /** Those which have waited for longest, at most `most` of them. */
  abstract oldest(most: number): Promise<readonly WaitingThread[]>;

  abstract count(): Promise<number>;
}
