import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { KeyOrder } from '../common/key-order.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { storedFields } from '../context/read-context.js';
import { ErrorDescriber } from '../errors/index.js';
import { AttachmentStore } from '../files/attachment-store.js';
import { OutsideHours } from '../hours/outside-hours.js';
import { sanitizeText } from '../notices/sanitize-text.js';
import { listKeys } from '../common/list-keys.js';
import { OrderedQueue, type EnqueueResult } from '../queue/ordered-queue.js';
import { QueueClosedError } from '../queue/queue-closed.error.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { DeskTelemetry } from '../telemetry/desk-telemetry.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { CustomerActionJob, ThreadRatedJob } from './jobs/customer-action-job.interface.js';
import type { CustomerSignalJob } from './jobs/customer-signal-job.interface.js';
import type { ForwardedJob } from './job-forwarder.js';
import type { NewThread } from './new-thread.js';
import type { NotifyResult } from './notify-result.js';
import type { OutgoingAttachment } from './outgoing-attachment.interface.js';
import type {
  MessageAddedJob,
  MessageBody,
  ThreadOpenedJob,
} from './jobs/message-job.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';
import type { ThreadChangeJob } from './jobs/thread-change-job.interface.js';
import { isMissed, OUTBOUND_QUEUE } from './outbound.constants.js';
import { OutboundEnqueuer } from './outbound-enqueuer.js';
import type { UserMessage } from './user-message.js';

/** How long {@link OutboundService.close} waits for what is being sent. */
const CLOSE_GRACE_MS = 10_000;

/** A message of a customer, and the same before its files are stored. */
type MessageJobWithBody = ThreadOpenedJob | MessageAddedJob;
type MessageJob = Omit<ThreadOpenedJob, 'body'> | Omit<MessageAddedJob, 'body'>;

/** What is done with a thread, behind its messages. */
export type ThreadJob = ThreadChangeJob | CustomerActionJob | CustomerSignalJob | ThreadRatedJob;

/** Queues what the app says of its threads, to be posted in the admin chat. */
@Injectable()
export class OutboundService {
  readonly #logger: ThrottledLogger;
  /** By thread: storing a large file takes longer than queueing what the app sends after it. */
  readonly #order = new KeyOrder();

  constructor(
    @Inject(OUTBOUND_QUEUE) private readonly queue: OrderedQueue<OutboundJob, OutboundProgress>,
    private readonly storage: DeskStorage,
    private readonly files: AttachmentStore,
    private readonly jobs: OutboundEnqueuer,
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

  /** Queues a change of a thread, or what its customer has done, behind its messages that wait. Never rejects. */
  changeThread(job: ThreadJob): Promise<NotifyResult> {
    return this.#accept(job, randomUUID(), async (id) => {
      await this.#order.run(job.threadId, () => this.#enqueue(id, job));
    });
  }

  /**
   * Takes a job of another desk, whose masks may be others.
   *
   * @throws When it could not be stored.
   */
  async take(key: string, { id, payload, enqueuedAtMs }: ForwardedJob): Promise<void> {
    await this.jobs.enqueue(key, id, payload, enqueuedAtMs);
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
    return this.jobs.enqueue(`thread:${job.threadId}`, jobId, job);
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
