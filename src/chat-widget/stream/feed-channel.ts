/** Who is told what other processes have changed. */
export interface FeedListener {
  /** A thread has changed in another process. */
  changed(threadId: string): void;
  /** From now on all changes are told. Some before may not have been. */
  resumed(): void;
}

/** Tells all processes which threads have changed. Readers look again at each heartbeat anyway, so it may lose something. */
export abstract class FeedChannel {
  /** Tells the other processes. Returns at once and never fails. */
  abstract publish(threadId: string): void;

  /** Begins to listen, or tries again when that has failed. Returns at once and never fails. */
  abstract listen(listener: FeedListener): void;

  /** Listens no more. */
  abstract close(): void;
}
