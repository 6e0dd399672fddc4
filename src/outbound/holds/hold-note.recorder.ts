import type { Message } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { ErrorDescriber } from '../../errors/index.js';
import { messageRefOf } from '../../updates/message-ref-of.js';
import type { NoticeJob } from '../jobs/outbound-job.interface.js';
import { HoldNotes } from './hold-notes.js';

/** Records which notice says that a reply is held. */
@Injectable()
export class HoldNoteRecorder {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly notes: HoldNotes,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(HoldNoteRecorder.name, errors);
  }

  /** Never rejects, because the notice is posted. */
  async record([message]: readonly Message[], [job]: readonly NoticeJob[]): Promise<void> {
    if (job?.type !== 'agent.notified' || !job.isHold) return;
    if (!message || !Number.isInteger(message.chat?.id)) return;
    try {
      await this.notes.save(job.inReplyTo, messageRefOf(message));
    } catch (error) {
      this.#logger.warn(
        `The notice of a held reply was not stored, so its buttons stay: ${this.#logger.describe(error)}`,
      );
    }
  }
}
