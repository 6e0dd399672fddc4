import type { Message, MessageEntity } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { AdminChat } from '../../chat/admin-chat.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { ErrorDescriber, ThreadMappingError } from '../../errors/index.js';
import { LastNoticeRepository } from '../last-notice.repository.js';
import type { MessageRef } from '../message-ref.interface.js';
import { ThreadLayout, type Destination, type Post, type Recovery } from '../thread-layout.js';
import { ThreadMappingRepository } from '../thread-mapping.repository.js';
import { ThreadReferenceSigner } from '../thread-reference-signer.js';

/**
 * Shows a thread by replies: each message of the desk replies to the one before it, or to the agent's reply that the
 * customer answers.
 */
@Injectable()
export class RepliesLayout extends ThreadLayout {
  /** Throttled, because a store that does not answer fails for every message. */
  readonly #logger: ThrottledLogger;
  readonly #adminChat: AdminChat;
  readonly #mappings: ThreadMappingRepository;
  readonly #lastNotices: LastNoticeRepository;
  readonly #signer: ThreadReferenceSigner;

  constructor(
    adminChat: AdminChat,
    mappings: ThreadMappingRepository,
    lastNotices: LastNoticeRepository,
    signer: ThreadReferenceSigner,
    errors?: ErrorDescriber,
  ) {
    super();
    this.#logger = new ThrottledLogger(RepliesLayout.name, errors);
    this.#adminChat = adminChat;
    this.#mappings = mappings;
    this.#lastNotices = lastNotices;
    this.#signer = signer;
  }

  async destination(post: Post): Promise<Destination> {
    const { threadId, inReplyTo } = post;
    const answered = await this.#answeredBy(post);
    if (answered)
      return { chatId: this.#adminChat.id, replyTo: answered.messageId, isAnswer: true };
    const target = inReplyTo ?? (threadId && (await this.#lastNoticeOf(threadId)));
    const chatId = this.#adminChat.id;
    if (!target) return { chatId };
    // The same id is another message in another chat. The name of a public group stays when its id changes.
    const isHere = typeof chatId === 'string' || chatId === target.chatId;
    return { chatId, replyTo: isHere ? target.messageId : undefined };
  }

  /** Asks for the mapping first, because checking a reference costs a signature. */
  async resolve(
    message: MessageRef,
    entities: readonly MessageEntity[] | null,
  ): Promise<string | null> {
    const referenced = (): string | null => this.#signer.find(entities ?? []);
    try {
      return (await this.#mappings.find(message)) ?? referenced();
    } catch (error) {
      const threadId = error instanceof ThreadMappingError ? referenced() : null;
      if (threadId !== null) return threadId;
      throw error;
    }
  }

  async recordPosted(posted: readonly Message[], { threadId, inReplyTo }: Post): Promise<boolean> {
    if (!threadId) return true;
    try {
      await Promise.all(this.#record(posted, threadId, inReplyTo));
    } catch (error) {
      this.#logger.warn(this.#logger.describe(error));
    }
    return true;
  }

  /** Nothing that is refused concerns one thread only: all of them are in the same place. */
  recover(): Promise<Recovery> {
    return Promise.resolve('none');
  }

  /** Each is written, whether or not the others can be. Of an album, the next notice replies to the first message. */
  #record(
    posted: readonly Message[],
    threadId: string,
    inReplyTo: MessageRef | undefined,
  ): ReadonlyArray<Promise<void>> {
    const writes = posted.map((message) => this.#mappings.store(refOf(message), threadId));
    const [first] = posted;
    if (first && !inReplyTo) writes.push(this.#lastNotices.store(threadId, refOf(first)));
    if (first?.chat.type === 'private') {
      const { message_id: messageId, date } = first;
      writes.push(this.#lastNotices.addRecent({ threadId, messageId, date }));
    }
    return writes;
  }

  /** Where the app has it from the customer's client, it may be any message of any chat of the bot. */
  async #answeredBy({ threadId, answers, isOutside }: Post): Promise<MessageRef | undefined> {
    if (!answers || isOutside || !this.#adminChat.mayHave(answers)) return undefined;
    try {
      return (await this.#mappings.find(answers)) === threadId ? answers : undefined;
    } catch (error) {
      this.#logger.warn(this.#logger.describe(error));
      return undefined;
    }
  }

  async #lastNoticeOf(threadId: string): Promise<MessageRef | null> {
    try {
      return await this.#lastNotices.find(threadId);
    } catch (error) {
      this.#logger.warn(this.#logger.describe(error));
      return null;
    }
  }
}

function refOf({ chat, message_id: messageId }: Message): MessageRef {
  return { chatId: chat.id, messageId };
}
