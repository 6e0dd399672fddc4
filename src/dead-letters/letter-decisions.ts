import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { DeskDirectory } from '../desk/desk-directory.js';
import { ErrorDescriber } from '../errors/index.js';
import { FailureRecords } from '../outbound/failures/failure-records.js';
import type { FailureDecision, KnownFailure } from '../outbound/failures/failure.interface.js';
import type { LetterKey } from './dead-letter-id.js';

/** As long as dead letters are kept, but for what clocks differ. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000 - 60_000;

/** Retries and discards what the app could not process, and keeps the note in step that agents see of it. */
@Injectable()
export class LetterDecisions {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly desks: DeskDirectory,
    private readonly failures: FailureRecords,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(LetterDecisions.name, errors);
  }

  /**
   * @returns False when there is no such dead letter.
   * @throws When the store does not answer.
   */
  async decide(
    { desk: name, jobId }: Pick<LetterKey, 'desk' | 'jobId'>,
    decision: FailureDecision,
  ): Promise<boolean> {
    const desks = await this.desks.all();
    const queue = desks.find((desk) => desk.name === name)?.inboundQueue;
    if (!queue) return false;
    const known = await this.failures.find(jobId);
    const before = known && (await this.failures.findIntent(known.failure));
    if (known) await this.failures.intend(known.failure, decision);
    const isTaken =
      decision.action === 'retry'
        ? await queue.retryDeadLetter(jobId)
        : await queue.discardDeadLetter(jobId);
    if (known) await this.#note(known, isTaken, decision, before);
    return isTaken;
  }

  /** The dead letter is taken by now, which must not be done again because of the note. */
  async #note(
    { failure }: KnownFailure,
    isTaken: boolean,
    decision: FailureDecision,
    before: FailureDecision | null,
  ): Promise<void> {
    try {
      if (isTaken) await this.failures.decide(failure, decision);
      else {
        // Whoever has taken it may have died before it could be stored.
        const isOld = this.clock.now() - failure.failedAtMs > KEPT_MS;
        const found = before ?? (isOld ? EXPIRED : null);
        if (found) await this.failures.decideIfUndecided(failure, found);
      }
      const known = await this.failures.find(failure.jobId);
      if (!known) return;
      const { agentNotices } = await this.desks.get(failure.desk);
      await agentNotices.showFailure(known.failure);
    } catch (error) {
      this.#logger.warn(
        `The note of a failed reply shows later what has become of it: ${this.#logger.describe(error)}`,
      );
    }
  }
}

const EXPIRED: FailureDecision = { action: 'expired', by: null };
