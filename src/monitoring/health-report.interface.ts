import type { DiagnosisCheck } from './diagnosis.interface.js';

/** What is wrong with a desk. */
export interface HealthProblem extends Omit<DiagnosisCheck, 'status'> {
  readonly status: 'failed' | 'warning';
  /** Whether no notice can reach the agents until somebody has mended it. */
  readonly isFatal: boolean;
}

/** How a desk was when it was looked at last. */
export interface HealthReport {
  /** In the order in which a message travels. */
  readonly problems: readonly HealthProblem[];
  /** How many updates wait at Telegram for the webhook; undefined when that is not known. */
  readonly pendingUpdates: number | undefined;
  /** How long the oldest notice or reply that waits has waited; undefined when that is not known. */
  readonly oldestJobMs: number | undefined;
  readonly checkedAt: Date;
}
