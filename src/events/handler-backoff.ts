import type { DeliveryProgress } from './delivery-progress.interface.js';

type Failures = DeliveryProgress['failures'];

/** How long it is until the first handler that has failed has its next attempt; 0 when none waits. */
export function shortestBackoffMs(failures: Failures): number {
  const waits = Object.values(failures).flatMap(({ backoffMs = 0 }) =>
    backoffMs > 0 ? [backoffMs] : [],
  );
  return waits.length > 0 ? Math.min(...waits) : 0;
}

/** What is left of the waits of handlers once their job has waited. It needs no clock: those of processes differ. */
export function afterWait(failures: Failures, waitedMs: number): Failures {
  return Object.fromEntries(
    Object.entries(failures).map(([name, { backoffMs = 0, ...failure }]) => {
      const leftMs = backoffMs - waitedMs;
      return [name, leftMs > 0 ? { ...failure, backoffMs: leftMs } : failure];
    }),
  );
}
