import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { AdminChat } from '../chat/admin-chat.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber, ThreadMappingError } from '../errors/index.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { withFormerTopic } from '../threads/thread-record.js';
import type { ThreadRecord } from '../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { ThreadTimers } from '../timers/thread-timers.js';
import { forwardedJobId } from './forwarded-job-id.js';
import { JobForwarder } from './job-forwarder.js';
import type { DeskNotifiedJob } from './jobs/desk-notified-job.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from './jobs/outbound-progress.interface.js';
import { STORE_RETRY_MS } from './outbound.constants.js';
import { isOfCode } from './posted-notice.js';

/**
 * How long a desk waits for the messages of a thread that leaves it: those which an app process had addressed to this desk
 * before the move was stored.
 */
const LATE_MS = 1_000;

/** Lets a thread leave the desk when all that waited for it there is posted. */
@Injectable()
export class ThreadDeparture {
  readonly #logger: SafeLogger;
  readonly #own: string;

  constructor(
    { desk }: TelegramSettings,
    private readonly threads: ThreadStateRepository,
    private readonly forwarder: JobForwarder,
    private readonly adminChat: AdminChat,
    private readonly api: BotApiClient,
    private readonly timers: ThreadTimers,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(ThreadDeparture.name, errors);
    this.#own = desk;
  }

  /**
   * Puts the line that says that a thread has moved behind what has come meanwhile, so that it is the last job of its
   * thread; undefined when it is time to post it, or for another job.
   */
  async delay(batch: JobBatch<OutboundJob, OutboundProgress>): Promise<Pause | undefined> {
    const [line, ...late] = batch.jobs;
    if (!line || !isOfCode(line.payload, 'thread_moved')) return undefined;
    const { threadId = '', moveId } = line.payload;
    const progress = line.progress ?? NOTHING_SENT;
    const { maybeSent, waitedMs = 0 } = progress;
    try {
      const { move } = (await this.threads.find(threadId)) ?? {};
      // Posted already, or the new desk has not waited for it.
      if (maybeSent || !move || move.id !== moveId) return undefined;
    } catch (error) {
      if (!(error instanceof ThreadMappingError)) throw error;
      return { pauseMs: STORE_RETRY_MS, keyOnly: true };
    }
    if (late.length > 0) {
      await this.forwarder.forward(this.#own, batch.key, { ...line, id: forwardedJobId(line.id) });
      await batch.complete(1);
      return { pauseMs: 0 };
    }
    if (waitedMs >= LATE_MS) return undefined;
    await batch.complete(0, { ...progress, waitedMs: LATE_MS });
    return { pauseMs: LATE_MS, keyOnly: true };
  }

  /**
   * Call it when the line that says so is posted: the thread has left the desk. Never rejects.
   *
   * @param line Tells of the move that is over. A later one goes on.
   * @param options Whether the caller has a permit of the rate limiter for closing the topic.
   */
  async leave(
    line: Pick<DeskNotifiedJob, 'threadId' | 'moveId'>,
    options: { readonly hasPermit: boolean },
  ): Promise<void> {
    const { threadId = '', moveId } = line;
    try {
      const record = await this.threads.find(threadId);
      if (!record || record.desk === this.#own || this.#isAboutToLeave(record, moveId)) return;
      // Those of the new desk begin when the thread arrives there.
      await this.timers.ended(threadId);
      await this.#closeTopic(record, options);
      const { move, topic, formerTopics } = record;
      if (!move || move.id !== moveId) return;
      const expected = { move, topic, formerTopics };
      // So that a purge finds the topic.
      const left = withFormerTopic(formerTopics, topic);
      const changes = { move: null, topic: null, card: null, formerTopics: left };
      if (!(await this.threads.updateIf(threadId, expected, changes))) {
        await this.leave(line, options);
      }
    } catch (error) {
      this.#logger.warn(this.#logger.describe(error));
    }
  }

  /** Whether the thread is here in the meantime, and leaves by a later move. */
  #isAboutToLeave({ move }: ThreadRecord, moveId: string | undefined): boolean {
    return move?.from === this.#own && move.id !== moveId;
  }

  /** That of a desk that could not post in time is a former one by now. */
  async #closeTopic(
    { topic, formerTopics = [] }: ThreadRecord,
    options: { readonly hasPermit: boolean },
  ): Promise<void> {
    const topics = topic ? [...formerTopics, topic] : formerTopics;
    const left = topics.findLast((each) => this.adminChat.mayHave(each));
    const isDone = left === topic && (topic?.isGone || topic?.isClosed);
    if (!left || isDone || this.adminChat.isPrivate) return;
    const { chatId, topicId } = left;
    try {
      const target = { chat_id: chatId, message_thread_id: topicId };
      await this.api.call('closeForumTopic', target, options);
    } catch (error) {
      this.#logger.debug(`The topic of a moved thread stays open: ${this.#logger.describe(error)}`);
    }
  }
}
