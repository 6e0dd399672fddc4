import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { UnrecoverableError } from '../queue/unrecoverable.error.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from './jobs/outbound-progress.interface.js';

/** How often, and after which wait each, a job is left to the other processes: five minutes. */
const WAIT_MS = 2_000;
const MOST_WAITS = 150;

/**
 * Leaves jobs that this version does not know to processes of a newer one, which run beside it during a rolling deploy.
 * Any process may get a job after its wait.
 */
@Injectable()
export class NewerJobProcessor {
  readonly #logger: ThrottledLogger;

  constructor(errors: ErrorDescriber) {
    this.#logger = new ThrottledLogger(NewerJobProcessor.name, errors);
  }

  /**
   * @param type That of the first job of the batch.
   * @throws {@link UnrecoverableError} When no process has known the job for five minutes: the app was set back to this version.
   */
  async process(batch: JobBatch<OutboundJob, OutboundProgress>, type: string): Promise<Pause> {
    const progress = batch.jobs[0]?.progress ?? NOTHING_SENT;
    const { leftToOthers = 0 } = progress;
    if (leftToOthers >= MOST_WAITS) {
      throw new UnrecoverableError(
        `Only a newer version of nestjs-telegram-support knows jobs of the type ${type}, and none has run. Deploy that version, then retry this dead letter`,
      );
    }
    this.#logger.warn(
      `A job of the type ${type} waits for a process with a newer version of nestjs-telegram-support, which alone knows it`,
    );
    await batch.complete(0, { ...progress, leftToOthers: leftToOthers + 1 });
    return { pauseMs: WAIT_MS, keyOnly: true };
  }
}
