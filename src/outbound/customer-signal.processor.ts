import { Inject, Injectable } from '@nestjs/common';
import { SafeLogger } from '../common/safe-logger.js';
import { withTimeout } from '../common/with-timeout.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import type {
  AcknowledgementJob,
  AcknowledgementProgress,
} from '../inbound/acknowledgement-job.interface.js';
import { ACKNOWLEDGEMENT_QUEUE } from '../inbound/inbound.constants.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import { HandledReplies, receiptOn } from '../threads/handled-replies.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import type {
  CustomerSignalJob,
  ReactionSetJob,
  ThreadReadJob,
} from './jobs/customer-signal-job.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';
import { DeskNotices } from './desk-notices.js';
import { ReplyReceipts } from './reply-receipts.js';
import { ShownNotices } from './shown/shown-notices.js';

/** How long storing a job may take. */
const STORE_TIMEOUT_MS = 2_000;

type Acknowledgement = Omit<AcknowledgementJob, 'v' | 'threadId' | 'message'>;

/**
 * Has agents see what customers read and how they react. That is a reaction of the bot, as an acknowledgement is, of
 * which a message has one, so both go through one queue, in the order of each message.
 */
@Injectable()
export class CustomerSignalProcessor {
  readonly #logger: SafeLogger;

  constructor(
    @Inject(ACKNOWLEDGEMENT_QUEUE)
    private readonly queue: OrderedQueue<AcknowledgementJob, AcknowledgementProgress>,
    private readonly shown: ShownNotices,
    private readonly replies: HandledReplies,
    private readonly receipts: ReplyReceipts,
    private readonly mappings: ThreadMappingRepository,
    private readonly threads: ThreadStateRepository,
    private readonly deskNotices: DeskNotices,
    private readonly settings: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(CustomerSignalProcessor.name, errors);
  }

  /** @throws When the store has failed, which is tried again. */
  async process(
    batch: JobBatch<OutboundJob, OutboundProgress>,
    job: CustomerSignalJob,
  ): Promise<Pause> {
    const id = batch.jobs[0]?.id ?? '';
    await (job.type === 'reaction.set' ? this.#react(job, id) : this.#read(job));
    await batch.complete(1);
    return { pauseMs: 0 };
  }

  async #react({ threadId, messageId, reply, emoji }: ReactionSetJob, id: string): Promise<void> {
    if (reply && !(await this.#isOf(threadId, reply))) return;
    const thread = await this.threads.find(threadId);
    const reaction = {
      emoji,
      customer: thread?.customer,
      isOnReply: reply !== undefined,
      receipt: reply && emoji === null ? await this.receipts.of(threadId, reply) : undefined,
    };
    const message = reply ?? (await this.#noticeOf(threadId, messageId ?? ''));
    if (message) await this.#enqueue(threadId, message, id, { reaction });
    else if (thread) await this.deskNotices.tellReaction(threadId, reaction, messageId ?? '');
  }

  /** Where the reply comes from the customer's client, it may be any message of any chat of the bot. */
  async #isOf(threadId: string, { chatId, messageId }: MessageRef): Promise<boolean> {
    if ((await this.mappings.find({ chatId, messageId })) === threadId) return true;
    this.#logger.debug(
      `A customer's reaction is dropped: message ${messageId} of chat ${chatId} is not known as one of thread ${threadId}`,
    );
    return false;
  }

  async #noticeOf(threadId: string, messageId: string): Promise<MessageRef | undefined> {
    const notices = await this.shown.find(threadId, messageId);
    return notices.find(({ jobs }) => jobs.length > 0)?.message;
  }

  /** Of what the customer has read the newest reply shows it, once. */
  async #read(job: ThreadReadJob): Promise<void> {
    if (this.settings.reactions.read === null) return;
    const { threadId } = job;
    const newest = await this.receipts.newlyRead(job);
    if (!newest) return;
    const message = receiptOn(newest);
    const id = `read:${message.chatId}:${message.messageId}:${newest.version ?? 0}`;
    await this.#enqueue(threadId, message, id, { isRead: true });
    await this.replies.markRead(threadId, newest);
  }

  async #enqueue(
    threadId: string,
    message: MessageRef,
    id: string,
    what: Acknowledgement,
  ): Promise<void> {
    const key = `${message.chatId}:${message.messageId}`;
    const enqueued = this.queue.enqueue(key, id, { v: 1, threadId, message, ...what });
    await withTimeout(enqueued, STORE_TIMEOUT_MS);
  }
}
