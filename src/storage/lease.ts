/** A lease that one process of a bot holds at a time, for example to poll Telegram for updates. */
export abstract class Lease {
  /**
   * Acquires the lease, or renews it for its whole life; false when another process holds it.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  abstract acquire(): Promise<boolean>;

  /** Releases the lease if this process holds it. Otherwise others can acquire it once it has expired. */
  abstract release(): Promise<void>;
}
