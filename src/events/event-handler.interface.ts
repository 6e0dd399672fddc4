/** A method of the app, about to be called with an event. */
export interface EventHandler {
  /** As it is published: see {@link handlerName}. */
  readonly name: string;
  /**
   * Whether it takes events of the thread.
   *
   * @throws What the app's `threads` function throws, which counts as a failure of this handler.
   */
  readonly accepts: (threadId: string) => boolean;
  /**
   * Resolves when the method is done; rejects with what it throws.
   *
   * @param signal Unsubscribes, when it has returned an Observable.
   */
  readonly call: (signal: AbortSignal) => Promise<void>;
}
