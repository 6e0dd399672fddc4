/** Keeps short texts, each for the same time after it was set. */
export abstract class TtlStore {
  /** @throws When the store does not answer within 2 seconds. */
  abstract get(key: string): Promise<string | null>;

  /** @throws When the store does not answer within 2 seconds. */
  abstract set(key: string, value: string): Promise<void>;

  /**
   * Sets a value unless there is one.
   *
   * @returns The value that is there afterwards.
   * @throws When the store does not answer within 2 seconds.
   */
  abstract setIfAbsent(key: string, value: string): Promise<string>;

  /** @throws When the store does not answer within 2 seconds. */
  abstract delete(key: string): Promise<void>;
}
