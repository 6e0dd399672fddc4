import { Inject, Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { withTimeout } from '../common/with-timeout.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import type { StoredEvent } from '../events/stored-event.interface.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type {
  AcknowledgementJob,
  AcknowledgementProgress,
} from './acknowledgement-job.interface.js';
import { AcknowledgementProcessor } from './acknowledgement.processor.js';
import { ACKNOWLEDGEMENT_QUEUE } from './inbound.constants.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';

/** When storing an acknowledgement is tried again after Redis has not answered. */
const STORE_RETRY_MS = 1_000;

/** How long storing may take before Telegram is asked to deliver the update again. */
const STORE_TIMEOUT_MS = 2_000;

/** Queues acknowledgements, in a queue of their own, so that a Telegram that hangs delays no reply. */
@Injectable()
export class Acknowledgements {
  readonly #logger: ThrottledLogger;
  /** Whether replies that are handled are acknowledged; those that are deleted always are. */
  readonly #hasReceipts: boolean;
  readonly #showsWithheld: boolean;

  constructor(
    @Inject(ACKNOWLEDGEMENT_QUEUE)
    private readonly queue: OrderedQueue<AcknowledgementJob, AcknowledgementProgress>,
    private readonly processor: AcknowledgementProcessor,
    { replies, reactions }: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(Acknowledgements.name, errors);
    this.#showsWithheld = reactions.deleted !== null;
    this.#hasReceipts = replies.receipts && reactions.taken !== null;
  }

  /** Starts to send acknowledgements, those of other processes included. */
  start(): void {
    this.queue.process(this.processor);
  }

  /**
   * Queues the acknowledgement of a reply that was handled, or whose edit or deletion was. Its job is completed only
   * afterwards, so a process that dies in between loses neither.
   */
  async enqueue(
    batch: JobBatch<InboundEvent, InboundProgress>,
    event: StoredEvent,
    progress: InboundProgress,
  ): Promise<Pause | void> {
    const isDeleted = event.type === 'reply.deleted';
    if (!isDeleted && !this.#hasReceipts) return;
    const { threadId, message } = event;
    if (!message) return;
    const key = `${message.chatId}:${message.messageId}`;
    const id = event.type === 'reply' ? key : `${key}:${batch.jobs[0]?.id}`;
    try {
      await this.queue.enqueue(key, id, { v: 1, threadId, message, isDeleted });
    } catch (error) {
      this.#logger.debug(`An acknowledgement was not stored: ${this.#logger.describe(error)}`);
      // The handlers must not be called again because of that.
      await batch.complete(0, progress);
      return { pauseMs: STORE_RETRY_MS, keyOnly: true };
    }
  }

  /**
   * Queues the reaction that shows that the customer does not get a reply; none with `reactions.deleted: false`.
   *
   * @throws When it could not be stored.
   */
  async showWithheld(threadId: string, message: MessageRef): Promise<void> {
    if (!this.#showsWithheld) return;
    const key = `${message.chatId}:${message.messageId}`;
    const job = { v: 1, threadId, message, isDeleted: true } as const;
    await withTimeout(this.queue.enqueue(key, `${key}:withheld`, job), STORE_TIMEOUT_MS);
  }

  /** Finishes those that are being sent. @returns How many are left that this process knows of. */
  async close(graceMs: number): Promise<number> {
    return (await this.queue.close(graceMs)).length;
  }
}
