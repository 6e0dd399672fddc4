import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import type { MessageRef } from '../../threads/message-ref.interface.js';
import { TelegramService } from '../../telegram.service.js';
import { agentMessageRef } from '../agents/message-ids.js';
import { CHAT_TELEGRAM } from '../chat.constants.js';
import type { ChatCustomer } from '../identity/chat-customer.interface.js';
import { TranscriptStore } from '../transcripts/transcript-store.js';
import type { TranscriptRating, TranscriptThread } from '../transcripts/transcript.interface.js';
import { ThreadEvents } from '../thread-events.js';
import { ThreadOrder } from '../thread-order.js';
import { requireAccepted } from './accepted.js';
import { ChatThreads, threadNotFound } from './chat-threads.js';
import { CustomerRateLimit } from './customer-rate-limit.js';

/** How far to look back for the newest reply that a customer has read. */
const LOOK_BACK = 50;

/** What customers do with threads: first at the desk, then in the transcript. Each of it may be repeated. */
@Injectable()
export class ThreadChanges {
  constructor(
    private readonly threads: ChatThreads,
    private readonly store: TranscriptStore,
    private readonly limit: CustomerRateLimit,
    private readonly order: ThreadOrder,
    private readonly events: ThreadEvents,
    @Inject(CHAT_TELEGRAM) private readonly telegram: TelegramService,
    private readonly clock: Clock,
  ) {}

  /** The customer has read all messages with numbers up to one. A mark that does not move tells agents nothing. */
  async read(customer: ChatCustomer, threadId: string, upTo: number): Promise<TranscriptThread> {
    const { readByCustomer } = await this.threads.ofCustomer(customer, threadId);
    const thread = await this.store.markRead(threadId, 'customer', upTo);
    if (!thread) throw threadNotFound();
    if (thread.readByCustomer === readByCustomer) return thread;
    this.threads.changed(threadId);
    const newest = await this.#newestReply(threadId, readByCustomer, thread.readByCustomer);
    // Agents learn of the next mark if they do not learn of this one.
    if (newest) await this.telegram.notifyRead({ threadId, upTo: newest });
    return thread;
  }

  async type(customer: ChatCustomer, threadId: string): Promise<void> {
    await this.threads.ofCustomer(customer, threadId);
    await this.telegram.notifyTyping({ threadId });
  }

  async rate(
    customer: ChatCustomer,
    threadId: string,
    rating: TranscriptRating,
  ): Promise<TranscriptThread> {
    await this.threads.ofCustomer(customer, threadId);
    return this.order.change(threadId, async () => {
      await this.limit.take(customer.id);
      const { stars, comment } = rating;
      requireAccepted(await this.telegram.notifyRating({ threadId, rating: stars, comment }));
      const thread = await this.store.updateThread(threadId, { rating });
      if (!thread) throw threadNotFound();
      await this.store.append(threadId, {
        id: 's:rated',
        author: { kind: 'system' },
        event: 'rated',
        sentAt: new Date(this.clock.now()),
      });
      this.threads.changed(threadId);
      return thread;
    });
  }

  async close(customer: ChatCustomer, threadId: string): Promise<TranscriptThread> {
    await this.threads.ofCustomer(customer, threadId);
    return this.order.change(threadId, async () => {
      const before = await this.threads.ofCustomer(customer, threadId);
      const isOpen = before.status === 'open';
      if (isOpen)
        await this.limit.take(customer.id, 'message', `${threadId} closed ${before.changed}`);
      requireAccepted(await this.telegram.closeThread({ threadId }));
      if (!isOpen) return before;
      // The record does not change by what is appended.
      await this.events.record(threadId, 'closed', before.changed);
      return this.threads.ofCustomer(customer, threadId);
    });
  }

  /** The newest message of an agent above a mark and not above another one. */
  async #newestReply(threadId: string, from: number, to: number): Promise<MessageRef | undefined> {
    const messages = await this.store.list(threadId, { before: to + 1, limit: LOOK_BACK });
    const replies = messages.filter(({ number, deletedAt }) => number > from && !deletedAt);
    return replies.map((message) => agentMessageRef(message)).findLast((ref) => ref !== undefined);
  }
}
