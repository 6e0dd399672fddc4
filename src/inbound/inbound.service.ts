import { Inject, Injectable } from '@nestjs/common';
import type { Update } from '@grammyjs/types';
import { AdminChat } from '../chat/admin-chat.js';
import { TopicAvailability } from '../chat/topic-availability.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import { listKeys } from '../common/list-keys.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import { BotToken } from '../secrets/bot-token.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { IncomingUpdate } from '../updates/incoming-update.interface.js';
import { readUpdate } from '../updates/update-validator.js';
import { Acknowledgements } from './acknowledgements.js';
import { INBOUND_QUEUE } from './inbound.constants.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';
import { HANDLED, type AcceptedUpdate } from './update-handler.interface.js';
import { UpdateHandlers } from './update-handlers.js';

/** How long {@link InboundService.close} waits for replies that are being handled. */
const CLOSE_GRACE_MS = 10_000;

/** Accepts updates from Telegram, by webhook or by polling. */
@Injectable()
export class InboundService {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly token: BotToken,
    private readonly adminChat: AdminChat,
    private readonly topics: TopicAvailability,
    private readonly handlers: UpdateHandlers,
    @Inject(INBOUND_QUEUE) private readonly queue: OrderedQueue<InboundEvent, InboundProgress>,
    private readonly acknowledgements: Acknowledgements,
    private readonly storage: DeskStorage,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(InboundService.name, errors);
  }

  /**
   * Resolves when Telegram may forget the update.
   *
   * @throws When it could not be stored, which is logged. Telegram has to deliver it again.
   */
  async accept(update: Update): Promise<void> {
    try {
      const { persisted } = await this.enqueue(update);
      await persisted;
    } catch (error) {
      const reason = this.#logger.describe(error);
      this.#logger.error(
        `Update ${update.update_id} could not be stored: ${reason}. Telegram will deliver it again for 24 hours: fix the cause within that time`,
        reason,
      );
      throw error;
    }
  }

  /**
   * Resolves when the update has its place in the queue, behind those that were enqueued before it.
   *
   * @throws When it could not be stored. Telegram has to deliver it again.
   */
  async enqueue(update: Update): Promise<AcceptedUpdate> {
    const incoming = readUpdate(update, this.handlers.updateTypes, this.token.botId);
    if (!incoming) return HANDLED;
    await this.#followMove(incoming);
    this.#learnTopics(incoming);
    return (await this.handlers.handle(incoming)) ?? HANDLED;
  }

  /** Finishes what is being handled. What remains was not acknowledged, or is named in the log. */
  async close(): Promise<void> {
    const endsAtMs = performance.now() + CLOSE_GRACE_MS;
    const threads = await this.queue.close(CLOSE_GRACE_MS);
    // After it, because what is finished until then is acknowledged.
    const left = await this.acknowledgements.close(Math.max(0, endsAtMs - performance.now()));
    if (this.storage.isDurable) return;
    if (threads.length > 0) {
      this.#logger.error(
        `The process ends with replies that the app has not handled: ${listKeys(threads)}`,
      );
    }
    if (left > 0) {
      this.#logger.warn(`The process ends before the 👍 of ${left} handled replies could be set`);
    }
  }

  /** Another process may have learnt already that the admin chat has become a supergroup, with another id. */
  async #followMove({ message }: IncomingUpdate): Promise<void> {
    const { adminChat } = this;
    if (!message || adminChat.is(message.chat) || !adminChat.mayBe(message.chat)) return;
    await adminChat.restore();
  }

  /** Whoever turns topics on or off is not reported to bots, but every message says whether the chat has them. */
  #learnTopics({ message }: IncomingUpdate): void {
    if (message?.chat.type !== 'supergroup' || !this.adminChat.is(message.chat)) return;
    this.topics.learn({ isForum: message.chat.is_forum === true });
  }
}
