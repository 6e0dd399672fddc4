import { from, fromEvent, isObservable, lastValueFrom, takeUntil } from 'rxjs';

/**
 * Waits for the result of a method, as Nest does for controllers: a promise is awaited and an Observable
 * subscribed, also one that a promise resolves with. An Observable may complete without a value.
 *
 * @param signal Unsubscribes, or prevents the subscription.
 * @throws What the promise or the Observable fails with.
 */
export async function methodResult(returned: unknown, signal?: AbortSignal): Promise<void> {
  const result: unknown = await returned;
  if (!isObservable(result) || signal?.aborted) return;
  // It may come from another copy of rxjs.
  const own = from(result);
  const bounded = signal ? own.pipe(takeUntil(fromEvent(signal, 'abort'))) : own;
  await lastValueFrom(bounded, { defaultValue: undefined });
}
