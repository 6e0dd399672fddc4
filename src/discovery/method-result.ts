import { from, fromEvent, isObservable, lastValueFrom, takeUntil } from 'rxjs';

/**
 * Waits for what a method returned, as Nest does for controllers: a promise is awaited, an Observable
 * subscribed, and an async method may return one. One without a value is fine.
 *
 * @param signal Ends the subscription, or keeps it from being made.
 * @throws What the promise or the Observable fails with.
 */
export async function methodResult(returned: unknown, signal?: AbortSignal): Promise<void> {
  const result: unknown = await returned;
  if (!isObservable(result) || signal?.aborted) return;
  // It may be of another copy of rxjs.
  const own = from(result);
  const bounded = signal ? own.pipe(takeUntil(fromEvent(signal, 'abort'))) : own;
  await lastValueFrom(bounded, { defaultValue: undefined });
}
