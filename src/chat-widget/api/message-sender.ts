import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import type { UserMessage } from '../../outbound/user-message.js';
import { TelegramService } from '../../telegram.service.js';
import { agentMessageRef, customerMessageId } from '../agents/message-ids.js';
import { CHAT_TELEGRAM } from '../chat.constants.js';
import type { ChatCustomer } from '../identity/chat-customer.interface.js';
import { TranscriptStore } from '../transcripts/transcript-store.js';
import type {
  AppendedMessage,
  NewTranscriptMessage,
  TranscriptMessage,
  TranscriptThread,
} from '../transcripts/transcript.interface.js';
import { loadIdOf, Uploads } from '../uploads/uploads.js';
import { ThreadEvents } from '../thread-events.js';
import { ThreadOrder } from '../thread-order.js';
import type { NotifyResult } from '../../outbound/notify-result.js';
import { requireAccepted } from './accepted.js';
import { ChatThreads, messageNotFound, threadNotFound } from './chat-threads.js';
import { CustomerRateLimit } from './customer-rate-limit.js';
import type { NewMessage } from './new-message.js';

/** What a customer opens a thread with. */
export interface NewConversation extends NewMessage {
  readonly subject: string | undefined;
}

/** The same as a plain object. */
type MessageNotice = { readonly [Name in keyof UserMessage]: UserMessage[Name] };

/**
 * Sends messages of customers: first to the desk, then into the transcript, so that what a customer sees there has been
 * accepted. The same client id again repeats both, so that nothing is lost and nothing comes twice whatever fails in
 * between.
 */
@Injectable()
export class MessageSender {
  constructor(
    private readonly threads: ChatThreads,
    private readonly store: TranscriptStore,
    private readonly uploads: Uploads,
    private readonly limit: CustomerRateLimit,
    private readonly order: ThreadOrder,
    private readonly events: ThreadEvents,
    @Inject(CHAT_TELEGRAM) private readonly telegram: TelegramService,
    private readonly clock: Clock,
  ) {}

  /** @throws {@link ChatHttpError} `unavailable` when it has to be sent again. */
  async open(
    customer: ChatCustomer,
    { subject, ...message }: NewConversation,
  ): Promise<AppendedMessage & { readonly thread: TranscriptThread }> {
    const threadId = this.threads.idOf(customer, message.clientId);
    const thread =
      (await this.store.findThread(threadId)) ??
      (await this.#create(customer, threadId, message, subject));
    const sent = await this.#send(customer, threadId, message, (notice) =>
      this.telegram.notifyNewThread({ ...notice, subject: thread.subject, url: message.pageUrl }),
    );
    return { ...sent, thread: await this.threads.ofCustomer(customer, threadId) };
  }

  /** @throws {@link ChatHttpError} `unavailable` when it has to be sent again. */
  async post(
    customer: ChatCustomer,
    threadId: string,
    message: NewMessage,
  ): Promise<AppendedMessage> {
    await this.threads.ofCustomer(customer, threadId);
    return this.#send(customer, threadId, message, (notice) =>
      this.telegram.notifyUserMessage(notice),
    );
  }

  async #create(
    customer: ChatCustomer,
    threadId: string,
    { clientId, uploadIds }: NewMessage,
    subject: string | undefined,
  ): Promise<TranscriptThread> {
    await this.#take(customer, threadId, clientId);
    // A bad upload is refused before there is a thread.
    await this.uploads.requireOf(customer.id, uploadIds);
    const details = subject === undefined ? {} : { subject };
    return this.store.createThread({ threadId, customerId: customer.id, ...details });
  }

  async #send(
    customer: ChatCustomer,
    threadId: string,
    message: NewMessage,
    notify: (notice: MessageNotice) => Promise<NotifyResult>,
  ): Promise<AppendedMessage> {
    const known = await this.store.find(threadId, customerMessageId(message.clientId));
    if (known) return { message: known, isNew: false };
    await this.#take(customer, threadId, message.clientId);
    return this.order.change(threadId, async () => {
      const target = await this.#targetOf(threadId, message);
      const added = await this.#messageOf(customer, threadId, message);
      const replyTo = target && agentMessageRef(target);
      requireAccepted(await notify({ ...noticeOf(customer, threadId, added), replyTo }));
      await this.#reopen(threadId, message.clientId);
      const appended = await this.store.append(threadId, added);
      if (!appended) return this.#takeBack(threadId);
      this.threads.changed(threadId);
      return appended;
    });
  }

  /** The thread was purged after the desk had taken a message of it, whose text would stand in Telegram. */
  async #takeBack(threadId: string): Promise<never> {
    requireAccepted(await this.telegram.purgeThread({ threadId }));
    throw threadNotFound();
  }

  /** A message that is sent again is the same one. */
  async #take({ id }: ChatCustomer, threadId: string, clientId: string): Promise<void> {
    await this.limit.take(id, 'message', `${threadId} ${clientId}`);
  }

  /** The message that is answered. Agents see a reply to one of theirs; what the customer has written stands above anyway. */
  async #targetOf(
    threadId: string,
    { replyTo }: NewMessage,
  ): Promise<TranscriptMessage | undefined> {
    if (replyTo === undefined) return undefined;
    const target = await this.store.find(threadId, replyTo);
    if (target) return target;
    throw messageNotFound();
  }

  async #messageOf(
    customer: ChatCustomer,
    threadId: string,
    { clientId, text, uploadIds, replyTo, pageUrl }: NewMessage,
  ): Promise<NewTranscriptMessage> {
    const attachments = await this.uploads.send(customer.id, threadId, uploadIds);
    const { id, name } = customer;
    return {
      id: customerMessageId(clientId),
      author: { kind: 'customer', id, ...(name !== undefined && { name }) },
      ...(text !== undefined && { text }),
      ...(attachments.length > 0 && { attachments }),
      ...(replyTo !== undefined && { replyTo: { id: replyTo } }),
      ...(pageUrl !== undefined && { pageUrl }),
      sentAt: new Date(this.clock.now()),
    };
  }

  /** What the customer writes opens the thread again, in Telegram by itself. */
  async #reopen(threadId: string, clientId: string): Promise<void> {
    const thread = await this.store.findThread(threadId);
    if (thread?.status === 'closed') await this.events.record(threadId, 'reopened', clientId);
  }
}

function noticeOf(
  customer: ChatCustomer,
  threadId: string,
  { id: messageId, text, attachments = [] }: NewTranscriptMessage,
): MessageNotice {
  return {
    threadId,
    messageId,
    text,
    customer,
    attachments: attachments.flatMap((file) => {
      const load = loadIdOf(file);
      return load === undefined ? [] : [{ load, name: file.name, contentType: file.contentType }];
    }),
  };
}
