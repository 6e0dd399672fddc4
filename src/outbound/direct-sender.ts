import type { Message } from '@grammyjs/types';
import type { AdminChatMessage, AdminChatSender } from '../chat/admin-chat-sender.js';
import type { ChatRateLimiter } from '../chat/chat-rate-limiter.js';

/** Posts in the admin chat at once, past the queue. */
export class DirectSender {
  readonly #adminChat: AdminChatSender;
  readonly #budget: ChatRateLimiter;

  /** @param adminChat Over a client whose calls are counted. */
  constructor(adminChat: AdminChatSender, budget: ChatRateLimiter) {
    this.#adminChat = adminChat;
    this.#budget = budget;
  }

  /**
   * @throws {@link BotApiError} When Telegram did not take it.
   * @throws {Error} When Telegram wants to hear nothing; then it is not asked.
   */
  async send(message: AdminChatMessage): Promise<Message> {
    const waitMs = await this.#budget.pausedMs();
    if (waitMs > 0) {
      throw new Error(
        `Telegram wants no messages for another ${Math.ceil(waitMs / 1000)} s; notices wait for that`,
      );
    }
    return this.#adminChat.send(message);
  }
}
