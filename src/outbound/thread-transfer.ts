import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { AdminChat } from '../chat/admin-chat.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber, ThreadMappingError } from '../errors/index.js';
import type { Job } from '../queue/job.interface.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import type { ThreadRecord } from '../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { forwardedJobId } from './forwarded-job-id.js';
import { JobForwarder } from './job-forwarder.js';
import {
  NOTHING_SENT,
  type NoticeJob,
  type OutboundJob,
  type OutboundProgress,
} from './outbound-job.interface.js';

/** How often the new desk looks whether the former one is done, and for how long. */
const WAIT_MS = 250;
const MAX_WAIT_MS = 60_000;

/** The wait before the store is asked again which desk has a thread. */
const STORE_RETRY_MS = 1_000;

type NoticeJobEntry = Job<NoticeJob, OutboundProgress>;
type OutboundBatch = JobBatch<OutboundJob, OutboundProgress>;

/**
 * Keeps the order of a thread that moves to another desk: the former desk posts what waits there, and only then the
 * new one begins. What reaches the former desk later is forwarded.
 */
@Injectable()
export class ThreadTransfer {
  readonly #logger: SafeLogger;
  readonly #own: string;
  readonly #areSeveral: boolean;

  constructor(
    { desk, desks }: TelegramSettings,
    private readonly threads: ThreadStateRepository,
    private readonly forwarder: JobForwarder,
    private readonly adminChat: AdminChat,
    private readonly api: BotApiClient,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(ThreadTransfer.name, errors);
    this.#own = desk;
    this.#areSeveral = desk !== DEFAULT_DESK || desks.length > 1;
  }

  /** What to do with a batch instead of processing it here; undefined when it belongs here. Never costs with one desk. */
  async detour(batch: OutboundBatch): Promise<Pause | undefined> {
    const threadId = batch.jobs[0] && movingThreadOf(batch.jobs[0].payload);
    if (!this.#areSeveral || threadId === undefined) return undefined;
    let desk: string;
    try {
      const record = await this.threads.find(threadId);
      if (!record) return undefined;
      desk = await this.forwarder.nameOf(record.desk);
      if (desk === this.#own) return await this.#waitForFormerDesk(batch, record);
      if (record.move?.from === this.#own) return undefined;
    } catch (error) {
      if (!(error instanceof ThreadMappingError)) throw error;
      return { pauseMs: STORE_RETRY_MS, keyOnly: true };
    }
    return this.#forward(batch, desk);
  }

  /**
   * Adds to the notices of threads that have come from another desk what is known of the thread by now. Never rejects.
   */
  async withDetails(jobs: readonly NoticeJobEntry[]): Promise<readonly NoticeJobEntry[]> {
    return Promise.all(
      jobs.map(async (job) => {
        const { payload } = job;
        if (payload.type !== 'desk.notified' || payload.code !== 'thread_arrived') return job;
        const thread = await this.threads.find(payload.threadId ?? '').catch(() => null);
        return { ...job, payload: { ...payload, thread: thread ?? undefined } };
      }),
    );
  }

  /** Call it when the line that says so is posted: the thread has left this desk. Never rejects. */
  async leave(threadId: string): Promise<void> {
    try {
      const record = await this.threads.find(threadId);
      if (!record || record.desk === this.#own) return;
      await this.#closeTopic(record);
      const { move, topic, formerTopics } = record;
      if (move?.from !== this.#own) return;
      const expected = { move, topic, formerTopics };
      const left = { move: null, topic: null, card: null, formerTopics: topicsLeftBy(record) };
      if (!(await this.threads.updateIf(threadId, expected, left))) await this.leave(threadId);
    } catch (error) {
      this.#logger.warn(this.#logger.describe(error));
    }
  }

  async #waitForFormerDesk(
    batch: OutboundBatch,
    { threadId, move }: ThreadRecord,
  ): Promise<Pause | undefined> {
    if (!move || move.from === this.#own) return undefined;
    const progress = batch.jobs[0]?.progress ?? NOTHING_SENT;
    const waitedMs = progress.waitedMs ?? 0;
    if (waitedMs < MAX_WAIT_MS) {
      await batch.complete(0, { ...progress, waitedMs: waitedMs + WAIT_MS });
      return { pauseMs: WAIT_MS, keyOnly: true };
    }
    this.#logger.warn(
      `Thread ${threadId} begins at the desk "${this.#own}" before the desk "${move.from}" has posted what waits there`,
    );
    await this.threads.updateIf(threadId, { move }, { move: null });
    return undefined;
  }

  async #forward(batch: OutboundBatch, desk: string): Promise<Pause> {
    let count = 0;
    for (const job of batch.jobs) {
      if (movingThreadOf(job.payload) === undefined) break;
      await this.forwarder.forward(desk, batch.key, { ...job, id: forwardedJobId(job.id) });
      count += 1;
    }
    await batch.complete(count);
    return { pauseMs: 0 };
  }

  async #closeTopic({ topic }: ThreadRecord): Promise<void> {
    if (!topic || topic.isGone || topic.isClosed) return;
    if (!this.adminChat.mayHave(topic) || this.adminChat.isPrivate) return;
    const { chatId, topicId } = topic;
    try {
      await this.api.call('closeForumTopic', { chat_id: chatId, message_thread_id: topicId });
    } catch (error) {
      this.#logger.debug(`The topic of a moved thread stays open: ${this.#logger.describe(error)}`);
    }
  }
}

/** So that a purge finds them. */
function topicsLeftBy({ topic, formerTopics }: ThreadRecord): ThreadRecord['formerTopics'] {
  if (!topic || topic.isGone) return formerTopics;
  const { chatId, topicId } = topic;
  return [...(formerTopics ?? []), { chatId, topicId }];
}

/** The thread of a job that goes where the thread goes; undefined for what belongs to this chat. */
function movingThreadOf(job: OutboundJob): string | undefined {
  if (job.type === 'agent.notified' || job.type === 'topic.synced') return undefined;
  if (job.type === 'desk.notified' && job.code === 'thread_moved') return undefined;
  return job.threadId;
}
