import { Injectable } from '@nestjs/common';
import { SafeLogger } from '../common/safe-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import type { MoveRequestedJob } from './jobs/move-requested-job.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';
import { ThreadMoves } from './thread-moves.js';
import { waitForDesk } from './wait-for-desk.js';

/** Begins the next move of a thread when the one before it is over, or has taken too long. */
@Injectable()
export class RequestedMoveProcessor {
  readonly #logger: SafeLogger;

  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly moves: ThreadMoves,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(RequestedMoveProcessor.name, errors);
  }

  /** @throws When the store has failed, which is tried again. */
  async process(
    batch: JobBatch<OutboundJob, OutboundProgress>,
    { threadId, moveId }: MoveRequestedJob,
  ): Promise<Pause | void> {
    const record = await this.threads.find(threadId);
    const { desk, move, nextMove } = record ?? {};
    if (desk !== undefined && move?.id === moveId) {
      // The process that has begun it was killed.
      return this.moves.announce(threadId, move, desk);
    }
    if (!record || nextMove?.id !== moveId) return;
    if (move) {
      const pause = await waitForDesk(batch);
      if (pause) return pause;
      this.#logger.warn(
        `Thread ${threadId} leaves the desk "${desk}" before the desk "${move.from}" has posted what waits there`,
      );
    }
    if (!(await this.moves.start(record, nextMove.to, moveId, nextMove.agent)))
      return { pauseMs: 0 };
  }
}
