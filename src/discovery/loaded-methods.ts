import type { ModulesContainer } from '@nestjs/core';
import type { DecoratedMethodExplorer } from './decorated-method-explorer.js';
import type { DecoratedMethod } from './decorated-method.interface.js';
import { isForDesk, type OwnDesk } from './desk-filter.js';
import { isForThread } from './is-for-thread.js';
import type { MethodMark } from './method-mark.js';
import type { ThreadFilter } from './thread-filter.interface.js';

/** How long after a module was loaded lazily its providers may still be on their way. */
const LOADING_MS = 60_000;

/** The app's methods with one decorator, with those of modules that are loaded lazily. */
export class LoadedMethods<T, Options extends ThreadFilter> {
  readonly #explorer: DecoratedMethodExplorer;
  readonly #modules: ModulesContainer;
  readonly #mark: MethodMark<T, Options>;
  #found: ReadonlyArray<DecoratedMethod<T, Options>> | undefined;
  #moduleCount = 0;
  #loadedAtMs = -Infinity;

  constructor(
    explorer: DecoratedMethodExplorer,
    modules: ModulesContainer,
    mark: MethodMark<T, Options>,
  ) {
    this.#explorer = explorer;
    this.#modules = modules;
    this.#mark = mark;
  }

  /** The methods that exist now. Searches again only while a module that was loaded may still add some. */
  all(): ReadonlyArray<DecoratedMethod<T, Options>> {
    const { size } = this.#modules;
    if (this.#found && size !== this.#moduleCount) this.#loadedAtMs = performance.now();
    this.#moduleCount = size;
    const isLoading = performance.now() - this.#loadedAtMs < LOADING_MS;
    if (!this.#found || isLoading) this.#found = this.#explorer.find(this.#mark);
    return this.#found;
  }

  /** Those for a desk. */
  ofDesk(desk: OwnDesk): ReadonlyArray<DecoratedMethod<T, Options>> {
    return this.all().filter(({ options }) => isForDesk(options, desk));
  }

  /**
   * Those for a thread of a desk.
   *
   * @param onError Decides on a method whose `threads` function has thrown.
   */
  ofThread(
    threadId: string,
    desk: OwnDesk,
    onError: (method: DecoratedMethod<T, Options>, error: unknown) => boolean,
  ): ReadonlyArray<DecoratedMethod<T, Options>> {
    return this.ofDesk(desk).filter((method) => {
      try {
        return isForThread(threadId, method.options.threads, method.name);
      } catch (error) {
        return onError(method, error);
      }
    });
  }
}
