import type { InlineKeyboardMarkup } from '@grammyjs/types';
import type { NoticePart } from '../../notices/notice-templates.js';
import type { MessageRef } from '../../threads/message-ref.interface.js';
import type { NoticeJob } from '../jobs/outbound-job.interface.js';

/** What a notice shows of a job; plain JSON. */
export interface ShownJob {
  /** Without its text, which stands in the parts, and without its files. */
  readonly payload: NoticeJob;
  /** What was said before, as markup; missing in what a version before this one has stored. */
  readonly above?: readonly string[];
  /** The parts of its text that the notice shows. */
  readonly parts: readonly NoticePart[];
  /** Lines about files that were not sent, and what was said before a thread came here, as markup. */
  readonly lines: readonly string[];
  /** Whether the files of the notice are those of this job. */
  readonly hasFiles: boolean;
}

/** A notice as it stands in the chat, so that it can be composed again; plain JSON. */
export interface ShownNotice {
  readonly threadId: string;
  /** The message with the text, or the first of an album. */
  readonly message: MessageRef;
  /** The ids of the others of its album. */
  readonly others: readonly number[];
  readonly isCaption: boolean;
  /** What stands above it. */
  readonly title?: string | undefined;
  /** The buttons below it. */
  readonly keyboard?: InlineKeyboardMarkup | undefined;
  /** Empty when it is deleted. */
  readonly jobs: readonly ShownJob[];
  /** The notice of the thread that was shown before it. */
  readonly previous?: MessageRef | undefined;
}

/** Stands for an id where a notice shows a rating. Those of apps are well-formed, so none is the same. */
export const SHOWN_RATING = '\ud800rating';

/** The app's id of the customer's message that a job brings, or {@link SHOWN_RATING}; undefined for other jobs. */
export function messageIdIn(job: NoticeJob): string | undefined {
  if (job.type === 'action.told' && job.action === 'rated') return SHOWN_RATING;
  return 'messageId' in job ? job.messageId : undefined;
}
