import { Injectable } from '@nestjs/common';
import type { JobBatch, Pause } from '../../queue/job-processor.interface.js';
import { NoticeEditor, type EditOutcome } from '../shown/notice-editor.js';
import type { AgentNotifiedJob } from '../jobs/agent-notified-job.interface.js';
import type { FailureShownJob } from '../jobs/failure-shown-job.interface.js';
import type { OutboundJob } from '../jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from '../jobs/outbound-progress.interface.js';
import { FailureKeyboard } from './failure-keyboard.js';
import { FailureNoteBuilder } from './failure-note.builder.js';
import { FailureRecords, type FailureNote } from './failure-records.js';

const AGAIN: Pause = { pauseMs: 0 };

/**
 * Has the note of a failure show how that stands now, whatever it showed before. One process at a time works on the notes
 * of a message, so that the last one to do so shows what was stored last.
 */
@Injectable()
export class FailureNoteProcessor {
  constructor(
    private readonly failures: FailureRecords,
    private readonly builder: FailureNoteBuilder,
    private readonly keyboard: FailureKeyboard,
    private readonly editor: NoticeEditor,
  ) {}

  /** @throws When the store has failed, which is tried again. */
  async process(
    batch: JobBatch<OutboundJob, OutboundProgress>,
    { failedJobId }: FailureShownJob,
  ): Promise<Pause> {
    const [known, note] = await Promise.all([
      this.failures.find(failedJobId),
      this.failures.findNote(failedJobId),
    ]);
    const wanted = known && this.builder.build(known);
    const isShown = note?.shown === wanted?.failure?.shown;
    // Nothing has been said of it that would have to be taken back.
    const isOver = !note && !wanted?.failure?.isOpen;
    if (!wanted || isShown || isOver) return this.#done(batch);
    const outcome = note ? await this.#edit(note, wanted) : 'gone';
    if (typeof outcome === 'object') return outcome;
    if (outcome === 'done') return this.#done(batch);
    // It is said in a message of its own, in the place of this job.
    const progress = batch.jobs[0]?.progress ?? NOTHING_SENT;
    await batch.complete(0, { ...progress, failureNote: wanted });
    return AGAIN;
  }

  async #edit({ message }: FailureNote, wanted: AgentNotifiedJob): Promise<EditOutcome> {
    const { threadId = '', failure } = wanted;
    const jobId = failure?.jobId ?? '';
    const keyboard = failure?.isOpen ? this.keyboard.of(threadId, jobId) : undefined;
    const parts = [{ text: '', part: 1, parts: 1 }];
    const jobs = [{ payload: wanted, parts, lines: [], hasFiles: false }];
    const notice = { threadId, message, others: [], isCaption: false, keyboard, jobs };
    const outcome = await this.editor.edit(notice);
    if (outcome === 'done') {
      await this.failures.saveNote(jobId, { message, shown: failure?.shown ?? '' });
    }
    return outcome;
  }

  async #done(batch: JobBatch<OutboundJob, OutboundProgress>): Promise<Pause> {
    await batch.complete(1);
    return AGAIN;
  }
}
