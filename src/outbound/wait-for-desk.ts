import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from './jobs/outbound-progress.interface.js';

/** How often to look whether the other desk is done, and for how long. */
const WAIT_MS = 250;
const MAX_WAIT_MS = 60_000;

/**
 * Lets the first job of a batch wait for another desk.
 *
 * @returns Undefined when it has waited for a minute, so that no desk stops another for ever.
 */
export async function waitForDesk(
  batch: JobBatch<OutboundJob, OutboundProgress>,
): Promise<Pause | undefined> {
  const progress = batch.jobs[0]?.progress ?? NOTHING_SENT;
  const waitedMs = progress.waitedMs ?? 0;
  if (waitedMs >= MAX_WAIT_MS) return undefined;
  await batch.complete(0, { ...progress, waitedMs: waitedMs + WAIT_MS });
  return { pauseMs: WAIT_MS, keyOnly: true };
}
