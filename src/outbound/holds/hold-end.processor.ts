import { Injectable } from '@nestjs/common';
import type { JobBatch, Pause } from '../../queue/job-processor.interface.js';
import type { HoldEndedJob } from '../jobs/hold-ended-job.interface.js';
import type { OutboundJob } from '../jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../jobs/outbound-progress.interface.js';
import { NoticeEditor } from '../shown/notice-editor.js';
import { HoldNotes } from './hold-notes.js';

/** Removes the buttons of the notice that said that a reply is held. Ephemeral messages have no id: theirs stay. */
@Injectable()
export class HoldEndProcessor {
  constructor(
    private readonly notes: HoldNotes,
    private readonly editor: NoticeEditor,
  ) {}

  /** @throws When the store has failed, which is tried again. */
  async process(
    batch: JobBatch<OutboundJob, OutboundProgress>,
    { reply }: HoldEndedJob,
  ): Promise<Pause> {
    const note = await this.notes.find(reply);
    const outcome = note && (await this.editor.removeKeyboard(note));
    if (outcome && typeof outcome === 'object') return outcome;
    await batch.complete(1);
    return { pauseMs: 0 };
  }
}
