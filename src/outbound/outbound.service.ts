import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { KeyOrder } from '../common/key-order.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { withTimeout } from '../common/with-timeout.js';
import { storedFields } from '../context/read-context.js';
import { ErrorDescriber } from '../errors/index.js';
import { AttachmentStore } from '../files/attachment-store.js';
import { OutsideHours } from '../hours/outside-hours.js';
import type { Html } from '../notices/html.js';
import { sanitizeText } from '../notices/sanitize-text.js';
import { listKeys } from '../common/list-keys.js';
import { OrderedQueue, type EnqueueResult } from '../queue/ordered-queue.js';
import { QueueClosedError } from '../queue/queue-closed.error.js';
import { DeskDirectory } from '../desk/desk-directory.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { DeskTelemetry } from '../telemetry/desk-telemetry.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { PlacedMessage } from '../threads/placed-message.interface.js';
import type { CustomerActionJob, ThreadRatedJob } from './jobs/customer-action-job.interface.js';
import type { CustomerSignalJob, ShownReaction } from './jobs/customer-signal-job.interface.js';
import type { Failure } from './failures/failure.interface.js';
import type { ForwardedJob } from './job-forwarder.js';
import { JobMasker } from './job-masker.js';
import type { NewThread } from './new-thread.js';
import type { NotifyResult } from './notify-result.js';
import type { OutgoingAttachment } from './outgoing-attachment.interface.js';
import type { AgentNoticeCode, AgentNotifiedJob } from './jobs/agent-notified-job.interface.js';
import type { CardSyncedJob } from './jobs/card-job.interface.js';
import type { DeskNoticeCode, DeskNotifiedJob } from './jobs/desk-notified-job.interface.js';
import type {
  MessageAddedJob,
  MessageBody,
  ThreadOpenedJob,
} from './jobs/message-job.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';
import type { ThreadChangeJob } from './jobs/thread-change-job.interface.js';
import { CARD_KEY, isMissed, OUTBOUND_QUEUE, TOPIC_KEY } from './outbound.constants.js';
import type { UserMessage } from './user-message.js';

/** How long an app waits for its message to be stored. */
const ACCEPT_TIMEOUT_MS = 2_000;

/** How long {@link OutboundService.close} waits for what is being sent. */
const CLOSE_GRACE_MS = 10_000;

/** A message of a customer, and the same before its files are stored. */
type MessageJobWithBody = ThreadOpenedJob | MessageAddedJob;
type MessageJob = Omit<ThreadOpenedJob, 'body'> | Omit<MessageAddedJob, 'body'>;

/** What is done with a thread, behind its messages. */
export type ThreadJob = ThreadChangeJob | CustomerActionJob | CustomerSignalJob | ThreadRatedJob;

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
    private readonly masker: JobMasker,
    private readonly hours: OutsideHours,
    private readonly telemetry: DeskTelemetry,
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
      context: thread.context && storedFields(thread.context),
      replyTo: refOf(thread),
    } as const;
    return this.#accept(job, messageId, (id) => this.#enqueueMessage(id, job, thread));
  }

  /** Queues a further message of a thread. Never rejects. */
  addMessage(message: UserMessage): Promise<NotifyResult> {
    const { threadId, customer, messageId = randomUUID() } = message;
    const replyTo = refOf(message);
    const job = { v: 1, type: 'message.added', threadId, messageId, customer, replyTo } as const;
    return this.#accept(job, messageId, (id) => this.#enqueueMessage(id, job, message));
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
    details: Omit<AgentNotifiedJob, 'v' | 'type' | 'code' | 'inReplyTo' | 'limit'> = {},
    dedupId = `${inReplyTo.chatId}:${inReplyTo.messageId}`,
  ): Promise<void> {
    // All ephemeral messages have the id 0, and those of one thread are not to wait for, or to go with, those of others.
    const key = `agent:${inReplyTo.chatId}:${inReplyTo.messageId || dedupId}`;
    const job: OutboundJob = { v: 1, type: 'agent.notified', inReplyTo, code, ...details };
    const desk = await this.desks.ofChat(inReplyTo.chatId);
    await this.#store(key, `${code}:${dedupId}`, job, desk?.outboundQueue);
  }

  /**
   * Has the note of a failure show how that stands now, in the chat where the agent's message stands.
   *
   * @throws When it could not be stored.
   */
  async showFailure({ jobId, threadId, target }: Failure): Promise<void> {
    const { chatId, messageId } = target;
    const job: OutboundJob = { v: 1, type: 'failure.shown', threadId, failedJobId: jobId };
    const desk = await this.desks.ofChat(chatId);
    const id = `failure:${jobId}:${randomUUID()}`;
    await this.#store(`agent:${chatId}:${messageId}`, id, job, desk?.outboundQueue);
  }

  /**
   * Has the buttons removed of what was posted about a reply that was held, behind that, in the chat where the reply stands.
   *
   * @throws When it could not be stored.
   */
  async endHold(threadId: string, { chatId, messageId }: MessageRef): Promise<void> {
    const reply = { chatId, messageId };
    const job: OutboundJob = { v: 1, type: 'hold.ended', threadId, reply };
    const desk = await this.desks.ofChat(chatId);
    const name = `${chatId}:${messageId}`;
    await this.#store(`agent:${name}`, `hold-ended:${name}`, job, desk?.outboundQueue);
  }

  /**
   * Shows an agent the last messages of a thread, in the chat where it was asked for, behind what waits of the thread.
   *
   * @param id Of what the agent has done: one answer for each.
   * @throws When it could not be stored.
   */
  async showHistory(
    id: string,
    inReplyTo: PlacedMessage,
    threadId: string,
    limit: number,
  ): Promise<void> {
    const job: OutboundJob = {
      v: 1,
      type: 'agent.notified',
      code: 'history',
      inReplyTo,
      threadId,
      limit,
    };
    const desk = await this.desks.ofChat(inReplyTo.chatId);
    await this.#store(`thread:${threadId}`, `history:${id}`, job, desk?.outboundQueue);
  }

  /** Queues a change of a thread, or what its customer has done, behind its messages that wait. Never rejects. */
  changeThread(job: ThreadJob): Promise<NotifyResult> {
    return this.#accept(job, randomUUID(), async (id) => {
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
    code: Exclude<DeskNoticeCode, 'topics_unavailable' | 'told'>,
    threadId: string,
    id: string,
    details: Pick<DeskNotifiedJob, 'desk'> = {},
  ): Promise<void> {
    const job: OutboundJob = { v: 1, type: 'desk.notified', code, threadId, ...details };
    await this.#store(`thread:${threadId}`, `${code}:${id}`, job);
  }

  /**
   * Posts a line for all agents: in a thread, or in the admin chat itself.
   *
   * @param id Of what it is about: one line for each.
   * @throws When it could not be stored.
   */
  async tellAgents(threadId: string | null, id: string, text: Html): Promise<void> {
    const job: OutboundJob = {
      v: 1,
      type: 'desk.notified',
      code: 'told',
      ...(threadId !== null && { threadId }),
      answer: String(text),
    };
    await this.#store(threadId === null ? 'desk' : `thread:${threadId}`, `told:${id}`, job);
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

  /**
   * Takes a job of another desk, whose masks may be others.
   *
   * @throws When it could not be stored.
   */
  async take(key: string, { id, payload, enqueuedAtMs }: ForwardedJob): Promise<void> {
    await this.#store(key, id, payload, this.queue, enqueuedAtMs);
  }

  /**
   * Has the card of a thread show how the thread stands, in some seconds.
   *
   * @throws When it could not be stored.
   */
  async syncCard(
    threadId: string,
    details: Omit<CardSyncedJob, 'v' | 'type' | 'threadId'> = {},
  ): Promise<void> {
    const job: OutboundJob = { v: 1, type: 'card.synced', threadId, ...details };
    await this.#store(CARD_KEY + threadId, `card:${randomUUID()}`, job);
  }

  /**
   * Has the card of a thread changed at the turn of the thread.
   *
   * @throws When it could not be stored.
   */
  async editCard(threadId: string, isForced: boolean): Promise<void> {
    const job: OutboundJob = { v: 1, type: 'card.edited', threadId, isForced };
    await this.#store(`thread:${threadId}`, `card:${randomUUID()}`, job);
  }

  /** Finishes what is being sent, and logs what is lost. */
  async close(): Promise<void> {
    const open = await this.queue.close(CLOSE_GRACE_MS);
    const keys = open.filter(isMissed);
    if (this.storage.isDurable || keys.length === 0) return;
    this.#logger.error(
      `The process ends with unsent notices in memory, which are lost: ${listKeys(keys)}`,
    );
  }

  /** In the order of the calls for a thread. */
  async #enqueueMessage(jobId: string, job: MessageJob, message: UserMessage): Promise<void> {
    await this.#enqueueText(jobId, job, message);
    await this.hours.customerWrote(job.threadId, job.messageId ?? jobId);
  }

  async #enqueueText(jobId: string, job: MessageJob, message: UserMessage): Promise<void> {
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
  #store(
    key: string,
    id: string,
    job: OutboundJob,
    queue = this.queue,
    enqueuedAtMs?: number,
  ): Promise<EnqueueResult> {
    const stored = this.masker
      .mask(job)
      .then((masked) => queue.enqueue(key, id, masked, enqueuedAtMs));
    return withTimeout(stored, ACCEPT_TIMEOUT_MS);
  }

  async #accept(
    { threadId, type }: Pick<MessageJob | ThreadJob, 'threadId' | 'type'>,
    messageId: string,
    enqueue: (jobId: string) => Promise<void>,
  ): Promise<NotifyResult> {
    // The app's ids may be unique only within a thread.
    const jobId = `message:${JSON.stringify([threadId, messageId])}`;
    try {
      await this.telemetry.send(type, () => enqueue(jobId));
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

/** Nothing but what names the message, whatever else the app's object has. */
function refOf({ replyTo }: UserMessage): MessageRef | undefined {
  return replyTo && { chatId: replyTo.chatId, messageId: replyTo.messageId };
}
