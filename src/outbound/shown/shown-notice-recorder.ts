import type { InlineKeyboardMarkup, Message } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { ErrorDescriber } from '../../errors/index.js';
import type { Notice } from '../../notices/notice.interface.js';
import type { Job } from '../../queue/job.interface.js';
import type { NoticeJob } from '../jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../jobs/outbound-progress.interface.js';
import { isCardJob } from '../cards/card-job.js';
import { messageIdIn, type ShownJob } from './shown-notice.interface.js';
import { ShownNotices } from './shown-notices.js';

type NoticeEntry = Job<NoticeJob, OutboundProgress>;

/** Records what a posted notice shows of customers' messages and of how their thread stands, so that it can be changed when they are. */
@Injectable()
export class ShownNoticeRecorder {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly shown: ShownNotices,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(ShownNoticeRecorder.name, errors);
  }

  /**
   * Never rejects, because the notice is posted.
   *
   * @param posted The message, or those of an album.
   * @param jobs Those that were composed.
   * @param title What stands above it.
   * @param keyboard What stands below it.
   */
  async record(
    posted: readonly Message[],
    notice: Notice,
    jobs: readonly NoticeEntry[],
    title?: string,
    keyboard?: InlineKeyboardMarkup,
  ): Promise<void> {
    const { threadId } = notice;
    const [first, ...others] = posted;
    const count = notice.jobs + (notice.reach ? 1 : 0);
    const shownJobs = jobs.slice(0, count);
    const isChanged = shownJobs.some(
      ({ payload }) => messageIdIn(payload) !== undefined || isCardJob(payload),
    );
    if (!isChanged || threadId === undefined || !Number.isInteger(first?.chat?.id)) return;
    try {
      await this.shown.add(
        {
          threadId,
          title,
          keyboard,
          message: { chatId: first?.chat.id ?? 0, messageId: first?.message_id ?? 0 },
          others: others.map(({ message_id: messageId }) => messageId),
          isCaption: notice.files.length > 0,
          jobs: shownJobs.map(({ payload }, index) => shownJob(payload, notice, index, count)),
        },
        begunMessage(shownJobs[0]),
      );
    } catch (error) {
      this.#logger.warn(
        `What a notice shows was not stored, so edits of its messages are posted below: ${this.#logger.describe(error)}`,
      );
    }
  }
}

/** @param count How many jobs the notice shows; its files are those of the last one. */
function shownJob(
  payload: NoticeJob,
  { pieces, files }: Notice,
  index: number,
  count: number,
): ShownJob {
  const own = pieces.filter(({ job }) => job === index);
  return {
    payload: storedPayload(payload),
    above: own.flatMap(({ isAbove, text }) => (isAbove ? [String(text)] : [])),
    parts: own.flatMap(({ part }) => part ?? []),
    lines: own.flatMap(({ isAbove, part, text }) => (isAbove || part ? [] : [String(text)])),
    hasFiles: files.length > 0 && index === count - 1,
  };
}

/** Without the text, and without what the record of the thread has. */
function storedPayload(job: NoticeJob): NoticeJob {
  const bare = isCardJob(job) ? { ...job, card: undefined } : job;
  return 'body' in bare ? { ...bare, body: { text: '', state: bare.body.state } } : bare;
}

/** The message of which earlier notices show the beginning. */
function begunMessage(first: NoticeEntry | undefined): string | undefined {
  const { sentParts = 0, files } = first?.progress ?? {};
  const isBegun = sentParts > 0 || (files?.sentFiles ?? 0) > 0;
  return first && isBegun ? messageIdIn(first.payload) : undefined;
}
