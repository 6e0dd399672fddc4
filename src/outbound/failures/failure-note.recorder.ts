import type { Message } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { ErrorDescriber } from '../../errors/index.js';
import type { NoticeJob } from '../jobs/outbound-job.interface.js';
import { FailureRecords } from './failure-records.js';

/** Records which message says how a failure stands. */
@Injectable()
export class FailureNoteRecorder {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly failures: FailureRecords,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(FailureNoteRecorder.name, errors);
  }

  /** Never rejects, because the note is posted. */
  async record([message]: readonly Message[], [job]: readonly NoticeJob[]): Promise<void> {
    const failure = job?.type === 'agent.notified' ? job.failure : undefined;
    if (!failure || !Number.isInteger(message?.chat?.id)) return;
    const { jobId, shown } = failure;
    const ref = { chatId: message?.chat.id ?? 0, messageId: message?.message_id ?? 0 };
    try {
      await this.failures.saveNote(jobId, { message: ref, shown });
    } catch (error) {
      this.#logger.warn(
        `The note of a failure was not stored, so what becomes of it is posted below: ${this.#logger.describe(error)}`,
      );
    }
  }
}
