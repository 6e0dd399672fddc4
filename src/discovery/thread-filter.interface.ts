import type { DeskFilter } from './desk-filter.js';

/** Which threads a decorated method is for. */
export interface ThreadFilter extends DeskFilter {
  /**
   * The threads that the method gets: those whose id matches the pattern, or for which the function returns
   * true. It must be the same in every process. A function that throws counts as a failure of the method.
   *
   * @default all threads
   */
  readonly threads?: RegExp | ((threadId: string) => boolean) | undefined;
}
