import type { Clock } from './clock.js';

/**
 * Resolves after `durationMs`, or as soon as the signal is aborted.
 *
 * @param keepsAlive Whether the process waits for it; by default it does.
 */
export async function delay(
  clock: Clock,
  durationMs: number,
  signal: AbortSignal,
  { keepsAlive = true } = {},
): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.setTimer(end, durationMs);
    if (!keepsAlive) timer.unref?.();
    signal.addEventListener('abort', end, { once: true });
  });
}
