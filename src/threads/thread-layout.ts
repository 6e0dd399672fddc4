import type { Message, MessageEntity } from '@grammyjs/types';
import type { BotApiError } from '../errors/index.js';
import type { MessageRef } from './message-ref.interface.js';

/** Where in the admin chat a message goes. */
export interface Destination {
  readonly chatId: number | string;
  /** The id of the message that it replies to, if that is still there. */
  readonly replyTo?: number | undefined;
}

/**
 * How threads look in the admin chat: where the desk posts their messages, and which thread an agent
 * means by answering one. A desk has one layout.
 */
export abstract class ThreadLayout {
  /**
   * Where a message of the desk goes. Never rejects: if the store does not answer, the message is posted in a
   * less suitable place.
   *
   * @param threadId Undefined for a message that belongs to no thread.
   * @param inReplyTo The agent's message that it answers.
   */
  abstract destination(
    threadId: string | undefined,
    inReplyTo: MessageRef | undefined,
  ): Promise<Destination>;

  /**
   * The thread of a message that the desk has posted, or null.
   *
   * @param entities Those of the message, which hold the signed reference; null where Telegram leaves them out.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds and nothing but
   * the store knows the thread.
   */
  abstract resolve(
    message: MessageRef,
    entities: readonly MessageEntity[] | null,
  ): Promise<string | null>;

  /**
   * Stores a message that the desk has posted, so that {@link resolve} finds its thread. Never rejects:
   * the message is in Telegram, and a failing store must not cause a repeat.
   */
  abstract recordPosted(
    posted: Message,
    threadId: string | undefined,
    inReplyTo: MessageRef | undefined,
  ): Promise<void>;

  /**
   * Recovers when Telegram has refused the place of one thread, for example a closed topic.
   *
   * @returns Whether the message may be sent again at once. If not, the failure counts for the whole chat.
   */
  abstract recover(threadId: string | undefined, error: BotApiError): Promise<boolean>;
}
