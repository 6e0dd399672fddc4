import type { OutboundJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';
import type { Job } from '../queue/job.interface.js';

/** A job on its way to a desk. Its age goes with it, if it has one. */
export type ForwardedJob = Pick<
  Job<OutboundJob, OutboundProgress>,
  'id' | 'payload' | 'enqueuedAtMs'
>;

/** Hands jobs to the other desks of a bot. */
export abstract class JobForwarder {
  /** The name of the desk that has the threads of a desk: of the default one where this process lacks the desk. */
  abstract nameOf(desk: string): Promise<string>;

  /**
   * Queues a job at another desk, unless it was queued there under this id.
   *
   * @param desk The name of the desk.
   * @param job Its id has to be new to that desk, unless this repeats a hop that was not finished.
   * @throws When it could not be stored.
   */
  abstract forward(desk: string, key: string, job: ForwardedJob): Promise<void>;
}
