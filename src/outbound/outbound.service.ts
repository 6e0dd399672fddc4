import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { withTimeout } from '../common/with-timeout.js';
import { ErrorDescriber } from '../errors/index.js';
import { sanitizeText } from '../notices/sanitize-text.js';
import { listKeys } from '../common/list-keys.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { NewThread } from './new-thread.js';
import type { NotifyResult } from './notify-result.js';
import type {
  AgentNoticeCode,
  AgentNotifiedJob,
  DeskNoticeCode,
  DeskNotifiedJob,
  OutboundJob,
  OutboundProgress,
  ThreadChangeJob,
} from './outbound-job.interface.js';
import { OUTBOUND_QUEUE } from './outbound.constants.js';
import type { UserMessage } from './user-message.js';

/** How long an app waits for its message to be stored. */
const ACCEPT_TIMEOUT_MS = 2_000;

/** How long {@link OutboundService.close} waits for what is being sent. */
const CLOSE_GRACE_MS = 10_000;

/** What the keys begin with of changes that only bring topics up to date. */
const TOPIC_KEY = 'topic:';

/** Queues what is to be posted in the admin chat. */
@Injectable()
export class OutboundService {
  readonly #logger: ThrottledLogger;

  constructor(
    @Inject(OUTBOUND_QUEUE) private readonly queue: OrderedQueue<OutboundJob, OutboundProgress>,
    private readonly storage: DeskStorage,
    errors?: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(OutboundService.name, errors);
  }

  /** Queues the first message of a thread. Never rejects. */
  openThread(thread: NewThread): Promise<NotifyResult> {
    const { threadId, text, subject, customer, url, messageId = randomUUID() } = thread;
    const body = { text: sanitizeText(text) };
    const job = { v: 1, threadId, messageId, body, subject, customer, url } as const;
    return this.#enqueue(threadId, messageId, { ...job, type: 'thread.opened' });
  }

  /** Queues a further message of a thread. Never rejects. */
  addMessage(message: UserMessage): Promise<NotifyResult> {
    const { threadId, text, customer, messageId = randomUUID() } = message;
    const job = {
      v: 1,
      threadId,
      messageId,
      body: { text: sanitizeText(text) },
      customer,
    } as const;
    return this.#enqueue(threadId, messageId, { ...job, type: 'message.added' });
  }

  /**
   * Notifies an agent about a message of theirs.
   *
   * @param dedupId Notices of one code and one such id are posted once in 24 hours or more; by default
   * one for each message.
   * @throws When it could not be stored.
   */
  async notifyAgent(
    code: AgentNoticeCode,
    inReplyTo: MessageRef,
    details: Pick<AgentNotifiedJob, 'threadId' | 'reason'> = {},
    dedupId = `${inReplyTo.chatId}:${inReplyTo.messageId}`,
  ): Promise<void> {
    const key = `agent:${inReplyTo.chatId}:${inReplyTo.messageId}`;
    const job: OutboundJob = { v: 1, type: 'agent.notified', inReplyTo, code, ...details };
    // A client of the app's own may wait for Redis forever; Telegram, which waits here, does not.
    await withTimeout(this.queue.enqueue(key, `${code}:${dedupId}`, job), ACCEPT_TIMEOUT_MS);
  }

  /** Queues a change of a thread, behind its messages that wait. Never rejects. */
  changeThread(job: ThreadChangeJob): Promise<NotifyResult> {
    return this.#enqueue(job.threadId, randomUUID(), job);
  }

  /**
   * Posts a line about a thread in the admin chat.
   *
   * @param id Of what it is about: one line for each.
   * @throws When it could not be stored.
   */
  async notifyOfThread(
    code: Exclude<DeskNoticeCode, 'topics_unavailable'>,
    threadId: string,
    id: string,
    details: Pick<DeskNotifiedJob, 'desk'> = {},
  ): Promise<void> {
    const job: OutboundJob = { v: 1, type: 'desk.notified', code, threadId, ...details };
    const enqueued = this.queue.enqueue(`thread:${threadId}`, `${code}:${id}`, job);
    await withTimeout(enqueued, ACCEPT_TIMEOUT_MS);
  }

  /**
   * Has the topic of a thread show how the thread stands, in some seconds.
   *
   * @throws When it could not be stored.
   */
  async syncTopic(threadId: string): Promise<void> {
    const job: OutboundJob = { v: 1, type: 'topic.synced', threadId };
    const id = `topic:${randomUUID()}`;
    await withTimeout(this.queue.enqueue(TOPIC_KEY + threadId, id, job), ACCEPT_TIMEOUT_MS);
  }

  /** Finishes what is being sent, and logs what is lost. */
  async close(): Promise<void> {
    const open = await this.queue.close(CLOSE_GRACE_MS);
    const keys = open.filter((key) => !key.startsWith(TOPIC_KEY));
    if (this.storage.isDurable || keys.length === 0) return;
    this.#logger.error(
      `The process ends with unsent notices in memory, which are lost: ${listKeys(keys)}`,
    );
  }

  async #enqueue(threadId: string, messageId: string, job: OutboundJob): Promise<NotifyResult> {
    // The app's ids may be unique only within a thread.
    const jobId = `message:${JSON.stringify([threadId, messageId])}`;
    try {
      await withTimeout(this.queue.enqueue(`thread:${threadId}`, jobId, job), ACCEPT_TIMEOUT_MS);
      return { accepted: true, id: messageId };
    } catch (error) {
      const reason = this.#logger.describe(error);
      this.#logger.error(
        `A notice of thread ${threadId} could not be accepted: ${reason}. Notify again with the id of the result once the cause is fixed; it may be stored already, and is then posted once`,
        reason,
      );
      return { accepted: false, reason: 'unavailable', id: messageId };
    }
  }
}
