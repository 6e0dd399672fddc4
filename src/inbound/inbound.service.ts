import { Inject, Injectable } from '@nestjs/common';
import { BotProfile } from '../bot/bot-profile.js';
import { AdminChat } from '../chat/admin-chat.js';
import { TopicAvailability } from '../chat/topic-availability.js';
import { SafeLogger } from '../common/safe-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import { listKeys } from '../common/list-keys.js';
import { OrderedQueue } from '../queue/ordered-queue.js';
import { BotToken } from '../secrets/bot-token.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { IncomingUpdate, UpdateType } from '../updates/incoming-update.interface.js';
import { Acknowledgements } from './acknowledgements.js';
import { INBOUND_QUEUE } from './inbound.constants.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';
import type { AcceptedUpdate } from './update-handler.interface.js';
import { UpdateHandlers } from './update-handlers.js';

/** How long {@link InboundService.close} waits for replies that are being handled. */
const CLOSE_GRACE_MS = 10_000;

/** Takes the updates that are for one desk. */
@Injectable()
export class InboundService {
  readonly #logger: SafeLogger;

  constructor(
    private readonly token: BotToken,
    private readonly adminChat: AdminChat,
    private readonly topics: TopicAvailability,
    private readonly profile: BotProfile,
    private readonly handlers: UpdateHandlers,
    @Inject(INBOUND_QUEUE) private readonly queue: OrderedQueue<InboundEvent, InboundProgress>,
    private readonly acknowledgements: Acknowledgements,
    private readonly storage: DeskStorage,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(InboundService.name, errors);
  }

  /** The types of updates that the desk takes. */
  get updateTypes(): readonly UpdateType[] {
    return this.handlers.updateTypes;
  }

  /**
   * Resolves when the update has its place in the queue, behind those that were taken before it.
   *
   * @returns Null when it is not for this desk.
   * @throws When it could not be stored. Telegram has to deliver it again.
   */
  async take(update: IncomingUpdate): Promise<AcceptedUpdate | null> {
    await this.#followMove(update);
    this.#learn(update);
    return this.handlers.handle(update);
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

  /**
   * What Telegram reports in no other way: whether the chat has topics, and the name of the bot. The bot's own service
   * messages say what was true when it made the call, which it may have learnt better since.
   */
  #learn({ message }: IncomingUpdate): void {
    if (!message || !this.adminChat.is(message.chat) || message.from?.id === this.token.botId) {
      return;
    }
    const { chat, reply_to_message: replied } = message;
    if (chat.type === 'supergroup') this.topics.learn({ isForum: chat.is_forum === true });
    const { from } = replied ?? {};
    if (from?.id === this.token.botId) this.profile.learnUsername(from.username);
  }
}
