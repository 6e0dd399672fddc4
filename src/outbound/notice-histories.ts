import { Injectable } from '@nestjs/common';
import type { HistoryMessage, HistoryRequest } from '../history/history-message.interface.js';
import { ThreadHistories } from '../history/thread-histories.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import type { NoticeEntry } from './notice-entry.interface.js';
import { isHistoryRequest, type OutboundJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';
import { isOfCode } from './posted-notice.js';

/** With how many messages a thread goes on in another topic, or at another desk. */
const BACKLOG = 10;

/** The wait before a history is asked for again that is being loaded. */
const RETRY: Pause = { pauseMs: 500, keyOnly: true };

/** Adds to notices what was said in their thread before. */
@Injectable()
export class NoticeHistories {
  constructor(private readonly histories: ThreadHistories) {}

  /** Whether the app may know what was said in a thread before. */
  has(threadId: string | undefined): boolean {
    return threadId !== undefined && this.histories.has(threadId);
  }

  /**
   * The notices with the history that the first of them is to show, and without what waits itself; or how long the
   * thread waits for it. Never rejects.
   */
  async prepare(
    { jobs }: JobBatch<OutboundJob, OutboundProgress>,
    notices: readonly NoticeEntry[],
  ): Promise<readonly NoticeEntry[] | Pause> {
    const [first, ...others] = notices;
    const waiting = new Set(jobs.flatMap(({ payload }) => messageIdOf(payload) ?? []));
    const request = first && this.#requestOf(first, waiting.size);
    if (!request) return notices;
    const history = await this.histories.load(first.id, request);
    if (!history) return RETRY;
    if (isHistoryRequest(first.payload)) {
      const { problem } = history;
      return problem
        ? [{ ...first, payload: { ...first.payload, reason: problem } }]
        : [{ ...first, history: history.messages }];
    }
    const messages = (history.messages ?? []).filter((message) => !isIn(waiting, message));
    const backlog = messages.slice(-BACKLOG);
    return [{ ...first, history: backlog.length > 0 ? backlog : undefined }, ...others];
  }

  /** Forgets what was loaded for a job. */
  release({ id }: NoticeEntry): void {
    this.histories.release(id);
  }

  /** @param waiting How many messages wait, which the history may have already. */
  #requestOf({ payload, progress }: NoticeEntry, waiting: number): HistoryRequest | undefined {
    const { threadId } = payload;
    if (threadId === undefined || progress?.withHistory === false) return undefined;
    if (isHistoryRequest(payload)) return { threadId, limit: payload.limit };
    const isArriving = isOfCode(payload, 'thread_arrived');
    if (!(progress?.withHistory ?? isArriving) || !this.histories.has(threadId)) return undefined;
    return { threadId, limit: BACKLOG + waiting };
  }
}

function messageIdOf(job: OutboundJob): string | undefined {
  return 'messageId' in job ? job.messageId : undefined;
}

function isIn(ids: ReadonlySet<string>, { messageId }: HistoryMessage): boolean {
  return typeof messageId === 'string' && ids.has(messageId);
}
