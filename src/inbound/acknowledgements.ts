import { Inject, Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import type { StoredEvent } from '../events/stored-event.interface.js';
import type {
  AcknowledgementJob,
  AcknowledgementProgress,
} from './acknowledgement-job.interface.js';
import { AcknowledgementProcessor } from './acknowledgement.processor.js';
import { ACKNOWLEDGEMENT_QUEUE } from './inbound.constants.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';

/** When storing an acknowledgement is tried again after Redis has not answered. */
const STORE_RETRY_MS = 1_000;

/** Queues acknowledgements, in a queue of their own, so that a Telegram that hangs delays no reply. */
@Injectable()
export class Acknowledgements {
  readonly #logger: ThrottledLogger;
  /** Whether replies that are handled are acknowledged; those that are deleted always are. */
  readonly #hasReceipts: boolean;

  constructor(
    @Inject(ACKNOWLEDGEMENT_QUEUE)
    private readonly queue: OrderedQueue<AcknowledgementJob, AcknowledgementProgress>,
    private readonly processor: AcknowledgementProcessor,
    { replies, reactions }: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(Acknowledgements.name, errors);
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

  /** Finishes those that are being sent. @returns How many are left that this process knows of. */
  async close(graceMs: number): Promise<number> {
    return (await this.queue.close(graceMs)).length;
  }
}
