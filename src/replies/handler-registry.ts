/**
 * Knows the reply handlers of all processes of a desk, by name. A reply counts as taken when every one
 * of them has taken it, in whichever process that runs.
 */
export abstract class HandlerRegistry {
  /**
   * Says that this process has these handlers, in addition to what it has said before. Each is
   * forgotten some time after it was last said, and not when a process ends: one that starts again
   * misses nothing.
   *
   * @throws When the store does not answer.
   */
  abstract publish(names: readonly string[]): Promise<void>;

  /**
   * The handlers that any process has published.
   *
   * @throws When the store does not answer.
   */
  abstract published(): Promise<string[]>;
}
