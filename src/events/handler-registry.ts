/**
 * The names of the handlers in all processes of a desk. An event counts as handled when every one of its type
 * has handled it, in whichever process it runs.
 */
export abstract class HandlerRegistry {
  /**
   * Publishes handlers of this process, in addition to those published before. Each expires some time after
   * it was last published, and not when the process ends, so that a restarting process misses no event.
   *
   * @throws When the store does not answer.
   */
  abstract publish(names: readonly string[]): Promise<void>;

  /**
   * The handlers of all processes that have not expired.
   *
   * @throws When the store does not answer.
   */
  abstract published(): Promise<string[]>;
}
