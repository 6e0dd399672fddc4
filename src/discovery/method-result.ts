import { from, fromEvent, isObservable, lastValueFrom, takeUntil } from 'rxjs';

/**
 * Waits for the result of a method, as Nest does for controllers: a promise is awaited and an Observable
 * subscribed, also one that a promise resolves with. An Observable may complete without a value.
 *
 * @returns The value; of an Observable the last one, if it has any.
 * @param signal Unsubscribes, or prevents the subscription.
 * @throws What the promise or the Observable fails with.
 */
export async function methodResult(returned: unknown, signal?: AbortSignal): Promise<unknown> {
  const result: unknown = await returned;
  if (!isObservable(result)) return result;
  if (signal?.aborted) return undefined;
  // It may come from another copy of rxjs.
  const own = from(result);
  const bounded = signal ? own.pipe(takeUntil(fromEvent(signal, 'abort'))) : own;
  return lastValueFrom(bounded, { defaultValue: undefined });
}
