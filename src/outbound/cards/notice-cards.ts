import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { ThreadDescriptions } from '../../context/thread-descriptions.js';
import { ErrorDescriber } from '../../errors/index.js';
import type { ThreadRecord } from '../../threads/thread-record.interface.js';
import { ThreadCards } from '../../threads/thread-cards.js';
import { ThreadStateRepository } from '../../threads/thread-state.repository.js';
import type { NoticeEntry } from '../notice-entry.interface.js';
import { labelsOf } from '../posted-notice.js';
import { isCardJob, viewOf, type CardJob } from './card-job.js';
import { settleView } from './settle-view.js';

/** What a thread that is opened again shows no more. */
const UNKNOWN = { assigneeId: undefined, assigneeName: undefined, rating: undefined } as const;

/** Has the first notice of a thread show how the thread stands. */
@Injectable()
export class NoticeCards {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly descriptions: ThreadDescriptions,
    private readonly cards: ThreadCards,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(NoticeCards.name, errors);
  }

  /** Adds to the notices that are cards how their thread stands. Never rejects. */
  prepare(notices: readonly NoticeEntry[]): Promise<readonly NoticeEntry[]> {
    return Promise.all(
      notices.map(async (entry) => {
        const { payload, progress } = entry;
        if (!isCardJob(payload) || (progress?.sentParts ?? 0) > 0) return entry;
        return this.#withView(entry, payload);
      }),
    );
  }

  /** Call it when notices are posted, so that what the app says late is shown later. Never rejects. */
  async posted(jobs: readonly NoticeEntry[]): Promise<void> {
    for (const { payload, description } of jobs) {
      const { threadId } = payload;
      if (threadId === undefined) continue;
      if (description === 'in_time') this.descriptions.release(threadId);
      if (description !== 'late') continue;
      try {
        await this.cards.refresh(threadId, { isAsking: true, isGoingOn: true });
      } catch (error) {
        this.#logger.warn(this.#logger.describe(error));
      }
    }
  }

  async #withView(entry: NoticeEntry, job: CardJob): Promise<NoticeEntry> {
    const { threadId = '' } = job;
    const record = await this.#find(threadId);
    const isAsked = this.#isAsked(job);
    const described = isAsked ? await this.#ask(job, record) : null;
    const isOpened = job.type === 'thread.opened';
    const given = isOpened ? job.context : undefined;
    const waitingSinceMs = record?.waitingSinceMs ?? this.clock.now();
    const view = {
      status: 'waiting' as const,
      ...(record && viewOf(record)),
      ...(isOpened && { status: 'waiting' as const, waitingSinceMs }),
      // It opens the thread again, which nobody has then.
      ...(isOpened && record?.status === 'closed' && UNKNOWN),
      context: given ?? described ?? record?.context,
    };
    const payload = { ...job, card: settleView(view, this.settings) };
    const description = described === undefined ? 'late' : 'in_time';
    return { ...entry, payload, ...(isAsked && { description }) };
  }

  /** Whether the app has not said already what the card is to show. */
  #isAsked(job: CardJob): boolean {
    const isGiven = job.type === 'thread.opened' && job.context !== undefined;
    return !isGiven && this.descriptions.has(job.threadId ?? '');
  }

  #ask(job: CardJob, record: ThreadRecord | null) {
    const { threadId = '' } = job;
    const labels = job.type === 'thread.opened' ? labelsOf(job) : {};
    return this.descriptions.ask({
      threadId,
      subject: labels.subject ?? record?.subject,
      customer: labels.customer ?? record?.customer,
    });
  }

  async #find(threadId: string): Promise<ThreadRecord | null> {
    try {
      return await this.threads.find(threadId);
    } catch (error) {
      this.#logger.warn(this.#logger.describe(error));
      return null;
    }
  }
}
