/** Has the app know what customers do to threads beside writing. */
export abstract class ThreadEventPublisher {
  /**
   * A customer's message opens a closed thread again. The app gets it once, however often this is called.
   *
   * @param closedAtMs When it was closed, in milliseconds since the Unix epoch.
   * @throws When it could not be stored.
   */
  abstract publishReopened(threadId: string, closedAtMs: number): Promise<void>;
}
