import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { KeyOrder } from '../common/key-order.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { withTimeout } from '../common/with-timeout.js';
import { ErrorDescriber } from '../errors/index.js';
import { AttachmentStore } from '../files/attachment-store.js';
import { sanitizeText } from '../notices/sanitize-text.js';
import { listKeys } from '../common/list-keys.js';
import { OrderedQueue, type EnqueueResult } from '../queue/ordered-queue.js';
import { QueueClosedError } from '../queue/queue-closed.error.js';
import { DeskDirectory } from '../desk/desk-directory.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { PlacedMessage } from '../threads/placed-message.interface.js';
import type { CustomerActionJob } from './customer-action-job.interface.js';
import type { CustomerSignalJob, ShownReaction } from './customer-signal-job.interface.js';
import type { NewThread } from './new-thread.js';
import type { NotifyResult } from './notify-result.js';
import type { OutgoingAttachment } from './outgoing-attachment.interface.js';
import type {
  AgentNoticeCode,
  AgentNotifiedJob,
  DeskNoticeCode,
  DeskNotifiedJob,
  MessageAddedJob,
  MessageBody,
  OutboundJob,
  OutboundProgress,
  ThreadChangeJob,
  ThreadOpenedJob,
} from './outbound-job.interface.js';
import { OUTBOUND_QUEUE } from './outbound.constants.js';
import type { UserMessage } from './user-message.js';

/** How long an app waits for its message to be stored. */
const ACCEPT_TIMEOUT_MS = 2_000;

/** How long {@link OutboundService.close} waits for what is being sent. */
const CLOSE_GRACE_MS = 10_000;

/** What the keys begin with of changes that only bring topics up to date. */
const TOPIC_KEY = 'topic:';

/** A message of a customer, and the same before its files are stored. */
type MessageJobWithBody = ThreadOpenedJob | MessageAddedJob;
type MessageJob = Omit<ThreadOpenedJob, 'body'> | Omit<MessageAddedJob, 'body'>;

/** What is done with a thread, behind its messages. */
export type ThreadJob = ThreadChangeJob | CustomerActionJob | CustomerSignalJob;

/** Queues what is to be posted in the admin chat. */
@Injectable()
export class OutboundService {
  readonly #logger: ThrottledLogger;
  /** By thread: storing a large file takes longer than queueing what the app sends after it. */
  readonly #order = new KeyOrder();

  constructor(
    @Inject(OUTBOUND_QUEUE) private readonly queue: OrderedQueue<OutboundJob, OutboundProgress>,
    private readonly storage: DeskStorage,
    private readonly files: AttachmentStore,
    private readonly desks: DeskDirectory,
    errors?: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(OutboundService.name, errors);
  }

  /** Queues the first message of a thread. Never rejects. */
  openThread(thread: NewThread): Promise<NotifyResult> {
    const { threadId, subject, customer, url, messageId = randomUUID() } = thread;
    const job = {
      v: 1,
      type: 'thread.opened',
      threadId,
      messageId,
      subject,
      customer,
      url,
    } as const;
    return this.#accept(threadId, messageId, (id) => this.#enqueueMessage(id, job, thread));
  }

  /** Queues a further message of a thread. Never rejects. */
  addMessage(message: UserMessage): Promise<NotifyResult> {
    const { threadId, customer, messageId = randomUUID() } = message;
    const job = { v: 1, type: 'message.added', threadId, messageId, customer } as const;
    return this.#accept(threadId, messageId, (id) => this.#enqueueMessage(id, job, message));
  }

  /**
   * Notifies an agent about a message of theirs, in the chat where it stands.
   *
   * @param dedupId Notices of one code and one such id are posted once in 24 hours or more; by default
   * one for each message.
   * @throws When it could not be stored.
   */
  async notifyAgent(
    code: AgentNoticeCode,
    inReplyTo: PlacedMessage,
    details: Pick<AgentNotifiedJob, 'threadId' | 'reason'> = {},
    dedupId = `${inReplyTo.chatId}:${inReplyTo.messageId}`,
  ): Promise<void> {
    const key = `agent:${inReplyTo.chatId}:${inReplyTo.messageId}`;
    const job: OutboundJob = { v: 1, type: 'agent.notified', inReplyTo, code, ...details };
    const desk = await this.desks.ofChat(inReplyTo.chatId);
    await this.#store(key, `${code}:${dedupId}`, job, desk?.outboundQueue);
  }

  /** Queues a change of a thread, or what its customer has done, behind its messages that wait. Never rejects. */
  changeThread(job: ThreadJob): Promise<NotifyResult> {
    return this.#accept(job.threadId, randomUUID(), async (id) => {
      await this.#order.run(job.threadId, () => this.#enqueue(id, job));
    });
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
    await this.#store(`thread:${threadId}`, `${code}:${id}`, job);
  }

  /**
   * Posts how a customer reacts, which the bot cannot show by a reaction of its own. It is said once of each message.
   *
   * @param target The message in Telegram, or where that is not known the app's id.
   * @throws When it could not be stored.
   */
  async tellReaction(
    threadId: string,
    { emoji, customer }: ShownReaction,
    target: MessageRef | string,
  ): Promise<void> {
    if (emoji === null) return;
    const isId = typeof target === 'string';
    const id = isId ? JSON.stringify([threadId, target]) : `${target.chatId}:${target.messageId}`;
    const job: OutboundJob = {
      v: 1,
      type: 'action.told',
      action: 'reacted',
      threadId,
      body: { text: '' },
      emoji,
      customer: customer === undefined ? undefined : { name: customer },
      inReplyTo: isId ? undefined : target,
    };
    await this.#store(`thread:${threadId}`, `reacted:${id}`, job);
  }

  /**
   * Has the topic of a thread show how the thread stands, in some seconds.
   *
   * @throws When it could not be stored.
   */
  async syncTopic(threadId: string): Promise<void> {
    const job: OutboundJob = { v: 1, type: 'topic.synced', threadId };
    await this.#store(TOPIC_KEY + threadId, `topic:${randomUUID()}`, job);
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

  /** In the order of the calls for a thread. */
  async #enqueueMessage(jobId: string, job: MessageJob, message: UserMessage): Promise<void> {
    const text = sanitizeText(message.text ?? '');
    const { attachments } = message;
    await (attachments?.length
      ? this.#order.hold(job.threadId, () => this.#enqueueFiles(jobId, job, text, attachments))
      : this.#order.run(job.threadId, () => this.#enqueue(jobId, { ...job, body: { text } })));
  }

  /** Stores the bytes of the message first, so that no job lacks its files. */
  async #enqueueFiles(
    jobId: string,
    job: MessageJob,
    text: string,
    files: readonly OutgoingAttachment[],
  ): Promise<void> {
    const attachments = await this.files.store(files);
    const body: MessageBody = { text, attachments };
    try {
      const { isDuplicate } = await this.#enqueue(jobId, { ...job, body });
      if (isDuplicate) await this.files.free(attachments);
    } catch (error) {
      // After any other failure the job may be stored all the same, and needs them.
      if (error instanceof QueueClosedError) await this.files.free(attachments);
      throw error;
    }
  }

  #enqueue(jobId: string, job: MessageJobWithBody | ThreadJob): Promise<EnqueueResult> {
    return this.#store(`thread:${job.threadId}`, jobId, job);
  }

  /** A client of the app's own may wait for Redis forever; whoever waits here does not. */
  #store(key: string, id: string, job: OutboundJob, queue = this.queue): Promise<EnqueueResult> {
    return withTimeout(queue.enqueue(key, id, job), ACCEPT_TIMEOUT_MS);
  }

  async #accept(
    threadId: string,
    messageId: string,
    enqueue: (jobId: string) => Promise<void>,
  ): Promise<NotifyResult> {
    // The app's ids may be unique only within a thread.
    const jobId = `message:${JSON.stringify([threadId, messageId])}`;
    try {
      await enqueue(jobId);
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
