/** A method of the app's that the module calls. */
export interface DecoratedMethod<T> {
  /** Class and method, the same in every process of the app. */
  readonly name: string;
  readonly handle: (argument: T) => Promise<void>;
}
