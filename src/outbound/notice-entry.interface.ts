import type { HistoryMessage } from '../history/history-message.interface.js';
import type { Job } from '../queue/job.interface.js';
import type { NoticeJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';

/** A job that is posted as a message, with what it shows beside its own text. */
export interface NoticeEntry extends Job<NoticeJob, OutboundProgress> {
  /** What was said before, the oldest first. */
  readonly history?: readonly HistoryMessage[] | undefined;
  /** Of a card: whether the app was asked what it says of the thread; `late` when it has not said it by then. */
  readonly description?: 'in_time' | 'late' | undefined;
}
