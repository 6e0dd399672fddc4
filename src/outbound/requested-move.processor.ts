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

const AGAIN: Pause = { pauseMs: 0 };

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
    job: MoveRequestedJob,
  ): Promise<Pause> {
    const pause = await this.#begin(batch, job);
    if (pause) return pause;
    // The jobs behind are other moves, of which the last one counts.
    await batch.complete(1);
    return AGAIN;
  }

  async #begin(
    batch: JobBatch<OutboundJob, OutboundProgress>,
    { threadId, moveId }: MoveRequestedJob,
  ): Promise<Pause | undefined> {
    const record = await this.threads.find(threadId);
    const { desk, move, nextMove } = record ?? {};
    if (desk !== undefined && move?.id === moveId) {
      // The process that has begun it was killed.
      await this.moves.announce(threadId, move, desk);
      return undefined;
    }
    if (!record || nextMove?.id !== moveId) return undefined;
    if (move) {
      const pause = await waitForDesk(batch);
      if (pause) return pause;
      this.#logger.warn(
        `Thread ${threadId} leaves the desk "${desk}" before the desk "${move.from}" has posted what waits there`,
      );
    }
    const isStarted = await this.moves.start(record, nextMove.to, moveId, nextMove.agent);
    return isStarted ? undefined : AGAIN;
  }
}
