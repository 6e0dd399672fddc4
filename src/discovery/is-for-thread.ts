import type { ThreadFilter } from './thread-filter.interface.js';

/**
 * Whether a method is for a thread.
 *
 * @param name That of the method.
 * @throws What the function of the filter throws, or that it returned neither true nor false.
 */
export function isForThread(
  threadId: string,
  threads: ThreadFilter['threads'],
  name: string,
): boolean {
  if (threads === undefined) return true;
  if (typeof threads !== 'function') {
    // Unlike test(), search() ignores the lastIndex of a pattern with the flag g or y.
    return threadId.search(threads) !== -1;
  }
  const answer: unknown = threads(threadId);
  // A promise is truthy for every thread.
  if (typeof answer !== 'boolean') {
    throw new TypeError(`The function "threads" of ${name} has to return true or false`);
  }
  return answer;
}
