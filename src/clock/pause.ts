import type { Clock } from './clock.js';

/** Resolves after `durationMs`, or as soon as the signal is aborted. */
export async function pause(clock: Clock, durationMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.setTimer(end, durationMs);
    signal.addEventListener('abort', end, { once: true });
  });
}
