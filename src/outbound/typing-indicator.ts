import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { AdminChat } from '../chat/admin-chat.js';
import { ChatRateLimiter } from '../chat/chat-rate-limiter.js';
import { TopicAvailability } from '../chat/topic-availability.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';

/** Telegram shows an action for 5 seconds or less (Bot API, sendChatAction). */
const ACTION_LIFE_MS = 5_000;

/** Shows agents that a customer is typing. It is worth no waiting, so it is dropped when it cannot be shown at once. */
@Injectable()
export class TypingIndicator {
  readonly #logger: ThrottledLogger;
  readonly #shown: TtlStore;

  constructor(
    private readonly api: BotApiClient,
    private readonly adminChat: AdminChat,
    private readonly rateLimiter: ChatRateLimiter,
    private readonly availability: TopicAvailability,
    private readonly threads: ThreadStateRepository,
    storage: DeskStorage,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(TypingIndicator.name, errors);
    this.#shown = storage.ttlStore('typing', ACTION_LIFE_MS);
  }

  /** Shows it, unless that was done within 5 seconds, by any process. Never rejects. */
  async show(threadId: string): Promise<void> {
    try {
      const id = randomUUID();
      if ((await this.#shown.setIfAbsent(threadId, id)) !== id) return;
      const [thread, isFree] = await Promise.all([this.threads.find(threadId), this.#isFree()]);
      if (!thread || !isFree) return;
      const topic = this.availability.isForum && !thread.topic?.isGone ? thread.topic : undefined;
      await this.api.call(
        'sendChatAction',
        {
          chat_id: this.adminChat.id,
          message_thread_id: topic && this.adminChat.mayHave(topic) ? topic.topicId : undefined,
          action: 'typing',
        },
        { timeoutMs: ACTION_LIFE_MS },
      );
    } catch (error) {
      this.#logger.debug(`Typing is not shown: ${this.#logger.describe(error)}`);
    }
  }

  /**
   * Forgets that it was shown.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  forget(threadId: string): Promise<void> {
    return this.#shown.delete(threadId);
  }

  /** Whether there is room in the rate limit. An action takes none of it. */
  async #isFree(): Promise<boolean> {
    const decision = await this.rateLimiter.acquire(0, 1);
    if (decision.granted) await decision.permit.release();
    return decision.granted;
  }
}
