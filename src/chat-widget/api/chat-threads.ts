import { Injectable } from '@nestjs/common';
import { ChatHttpError } from '../chat-http.error.js';
import { THREAD_PREFIX } from '../chat.constants.js';
import { ChatSettings } from '../config/chat-settings.js';
import type { ChatCustomer } from '../identity/chat-customer.interface.js';
import { ThreadFeeds } from '../stream/thread-feeds.js';
import { TranscriptStore } from '../transcripts/transcript-store.js';
import type { TranscriptMessage, TranscriptThread } from '../transcripts/transcript.interface.js';

/** More than any customer looks through. */
const MOST_THREADS = 50;

/** 132 bits cannot be guessed. */
const ID_BYTES = 17;
const ID_LENGTH = 22;

/** The threads of customers. Whoever is not the customer of a thread learns nothing of it, not even that it exists. */
@Injectable()
export class ChatThreads {
  constructor(
    private readonly store: TranscriptStore,
    private readonly feeds: ThreadFeeds,
    private readonly settings: ChatSettings,
  ) {}

  /** The id of the thread that a customer opens with a message: the same each time. */
  idOf({ id }: ChatCustomer, clientId: string): string {
    const key = this.settings.secret.derive('thread');
    const code = key.sign(JSON.stringify([id, clientId]), ID_BYTES).toString('base64url');
    return THREAD_PREFIX + code.slice(0, ID_LENGTH);
  }

  /** The newest ones. One without any change was never opened: the desk has not taken its first message yet. */
  async list({ id }: ChatCustomer): Promise<TranscriptThread[]> {
    const threads = await this.store.listThreads(id, { limit: MOST_THREADS });
    return threads.filter(({ lastNumber }) => lastNumber > 0);
  }

  /** @throws {@link ChatHttpError} `not_found`, also for a thread of somebody else. */
  async ofCustomer({ id }: ChatCustomer, threadId: string): Promise<TranscriptThread> {
    const thread = threadId.startsWith(THREAD_PREFIX)
      ? await this.store.findThread(threadId)
      : null;
    if (thread?.customerId === id) return thread;
    throw threadNotFound();
  }

  /**
   * A message that the customer of a thread sees.
   *
   * @throws {@link ChatHttpError} `not_found`, also for a deleted one.
   */
  async message(
    customer: ChatCustomer,
    threadId: string,
    messageId: string,
  ): Promise<TranscriptMessage> {
    await this.ofCustomer(customer, threadId);
    const message = await this.store.find(threadId, messageId);
    if (message && !message.deletedAt) return message;
    throw messageNotFound();
  }

  /** A message that the customer has written. @throws {@link ChatHttpError} `not_found`, also for one of an agent. */
  async ownMessage(
    customer: ChatCustomer,
    threadId: string,
    messageId: string,
  ): Promise<TranscriptMessage> {
    const message = await this.message(customer, threadId, messageId);
    if (message.author.kind === 'customer') return message;
    throw messageNotFound();
  }

  /** Says in all processes that a thread has changed. */
  changed(threadId: string): void {
    this.feeds.changed(threadId);
  }
}

export function threadNotFound(): ChatHttpError {
  return new ChatHttpError('not_found', 'There is no such thread');
}

export function messageNotFound(): ChatHttpError {
  return new ChatHttpError('not_found', 'There is no such message');
}
