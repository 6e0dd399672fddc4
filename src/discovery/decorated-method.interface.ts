/** A method of the app that the module calls. */
export interface DecoratedMethod<T, Options = unknown> {
  /** Module, class and method, such as `SupportModule/SupportListener.onReply`: the same in every process of the app. */
  readonly name: string;
  /** The options of its decorator. */
  readonly options: Options;
  /**
   * Resolves when the method is done: a promise is awaited, and an Observable subscribed until it
   * completes. The result is its value, or the last one of the Observable. Rejects with what it throws.
   *
   * @param signal Unsubscribes.
   */
  readonly handle: (argument: T, signal?: AbortSignal) => Promise<unknown>;
}
