import { Inject, Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import { ReplyAcknowledger } from '../replies/reply-acknowledger.js';
import type { ReplyEvent, ReplyProgress } from '../replies/reply-event.interface.js';
import { INBOUND_QUEUE } from './inbound.constants.js';
import type {
  AcknowledgementEvent,
  InboundEvent,
  InboundProgress,
} from './inbound-event.interface.js';

/** When storing an acknowledgement is tried again after Redis has not answered. */
const STORE_RETRY_MS = 1_000;

/** Acknowledgements that wait for a hanging Telegram must leave workers for replies. */
const MAX_CONCURRENCY = 10;
const BUSY_WAIT_MS = 500;

/** Queues and processes acknowledgements, each with a key of its own, so that none delays a reply. */
@Injectable()
export class AcknowledgementProcessor {
  readonly #logger: ThrottledLogger;
  readonly #isOn: boolean;
  #running = 0;

  constructor(
    private readonly acknowledger: ReplyAcknowledger,
    @Inject(INBOUND_QUEUE) private readonly queue: OrderedQueue<InboundEvent, InboundProgress>,
    { replies }: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(AcknowledgementProcessor.name, errors);
    this.#isOn = replies.receipts;
  }

  /**
   * Queues the acknowledgement of a reply that was handled. The reply is completed only afterwards, so a
   * process that dies in between loses neither.
   */
  async enqueue(
    batch: JobBatch<InboundEvent, InboundProgress>,
    { threadId, message }: ReplyEvent,
    progress: ReplyProgress,
  ): Promise<Pause | void> {
    if (!this.#isOn) return;
    const id = `acknowledge:${message.chatId}:${message.messageId}`;
    try {
      await this.queue.enqueue(id, id, { v: 1, type: 'acknowledgement', threadId, message });
    } catch (error) {
      this.#logger.debug(`An acknowledgement was not stored: ${this.#logger.describe(error)}`);
      // The handlers must not be called again because of that.
      await batch.complete(0, progress);
      return { pauseMs: STORE_RETRY_MS, keyOnly: true };
    }
  }

  /** Tries to acknowledge a reply in Telegram. */
  async process(
    batch: JobBatch<InboundEvent, InboundProgress>,
    event: AcknowledgementEvent,
    { tries = 0 }: InboundProgress,
  ): Promise<Pause | void> {
    if (!this.#isOn) return;
    if (this.#running >= MAX_CONCURRENCY) return { pauseMs: BUSY_WAIT_MS, keyOnly: true };
    this.#running += 1;
    const retryMs = await this.acknowledger.acknowledge(event.message, tries);
    this.#running -= 1;
    if (retryMs === null) return;
    await batch.complete(0, { tries: tries + 1 });
    return { pauseMs: retryMs, keyOnly: true };
  }
}
