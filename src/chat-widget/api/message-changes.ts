import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { TelegramService } from '../../telegram.service.js';
import { agentMessageRef } from '../agents/message-ids.js';
import { CHAT_TELEGRAM } from '../chat.constants.js';
import type { ChatCustomer } from '../identity/chat-customer.interface.js';
import { TranscriptStore } from '../transcripts/transcript-store.js';
import type { TranscriptMessage } from '../transcripts/transcript.interface.js';
import { ThreadOrder } from '../thread-order.js';
import { Uploads } from '../uploads/uploads.js';
import { requireAccepted } from './accepted.js';
import { ChatThreads, messageNotFound } from './chat-threads.js';
import { CustomerRateLimit } from './customer-rate-limit.js';

/** What customers do with messages afterwards: first at the desk, then in the transcript. Each of it may be repeated. */
@Injectable()
export class MessageChanges {
  constructor(
    private readonly threads: ChatThreads,
    private readonly store: TranscriptStore,
    private readonly uploads: Uploads,
    private readonly limit: CustomerRateLimit,
    private readonly order: ThreadOrder,
    @Inject(CHAT_TELEGRAM) private readonly telegram: TelegramService,
    private readonly clock: Clock,
  ) {}

  async edit(
    customer: ChatCustomer,
    threadId: string,
    messageId: string,
    text: string,
  ): Promise<TranscriptMessage> {
    await this.threads.ofCustomer(customer, threadId);
    return this.order.change(threadId, async () => {
      const message = await this.threads.ownMessage(customer, threadId, messageId);
      await this.#take(customer, threadId, message);
      const editedAt = new Date(this.clock.now());
      requireAccepted(await this.telegram.notifyMessageEdited({ threadId, messageId, text }));
      const edited = await this.store.edit(threadId, messageId, { text, editedAt });
      if (!edited) throw messageNotFound();
      this.threads.changed(threadId);
      return edited;
    });
  }

  async delete(
    customer: ChatCustomer,
    threadId: string,
    messageId: string,
  ): Promise<TranscriptMessage> {
    await this.threads.ofCustomer(customer, threadId);
    return this.order.change(threadId, async () => {
      const message = await this.store.find(threadId, messageId);
      if (message?.author.kind !== 'customer') throw messageNotFound();
      if (message.deletedAt) return message;
      await this.#take(customer, threadId, message);
      requireAccepted(await this.telegram.notifyMessageDeleted({ threadId, messageId }));
      // Before the message, which names them: the next attempt finds them when this one fails.
      await this.uploads.delete(message.attachments ?? []);
      const deleted = await this.store.delete(threadId, messageId);
      if (!deleted) throw messageNotFound();
      this.threads.changed(threadId);
      return deleted;
    });
  }

  /** @param emoji Null takes the reaction away. */
  async react(
    customer: ChatCustomer,
    threadId: string,
    messageId: string,
    emoji: string | null,
  ): Promise<TranscriptMessage> {
    await this.threads.ofCustomer(customer, threadId);
    return this.order.change(threadId, async () => {
      const message = await this.threads.message(customer, threadId, messageId);
      await this.#take(customer, threadId, message);
      const reply = agentMessageRef(message);
      const target = reply ? { reply } : { messageId };
      requireAccepted(await this.telegram.notifyReaction({ threadId, ...target, emoji }));
      const change = { reactions: { customer: emoji } };
      const changed = await this.store.edit(threadId, messageId, change);
      if (!changed) throw messageNotFound();
      this.threads.changed(threadId);
      return changed;
    });
  }

  /** Counts what changes a message. Until it is changed, that is the same change, tried again. */
  async #take({ id }: ChatCustomer, threadId: string, message: TranscriptMessage): Promise<void> {
    await this.limit.take(id, 'message', `${threadId} ${message.id} ${message.changed}`);
  }
}
