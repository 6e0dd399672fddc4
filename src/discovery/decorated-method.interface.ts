/** A method of the app's that the module calls. */
export interface DecoratedMethod<T, Options = unknown> {
  /** Class and method, the same in every process of the app. */
  readonly name: string;
  /** What its decorator was given. */
  readonly options: Options;
  /**
   * Resolves when the method is done: what it returns is awaited, and an Observable subscribed until it
   * completes. Rejects with what it throws.
   *
   * @param signal Ends the subscription.
   */
  readonly handle: (argument: T, signal?: AbortSignal) => Promise<void>;
}
