import type { Message, MessageEntity } from '@grammyjs/types';
import type { BotApiError } from '../errors/index.js';
import type { MessageRef } from './message-ref.interface.js';
import type { PlacedMessage } from './placed-message.interface.js';

/** Where in the admin chat a message goes. */
export interface Destination {
  readonly chatId: number | string;
  /** The id of the message that it replies to, if that is still there. */
  readonly replyTo?: number | undefined;
  /** Whether it replies to what the customer answers. */
  readonly isAnswer?: boolean | undefined;
  /** The `message_thread_id` of the topic that it goes to. */
  readonly topicId?: number | undefined;
  /** Whether a topic is to be created for it first. */
  readonly needsTopic?: boolean;
  /** Whether that topic stands for one that was deleted. */
  readonly renewsTopic?: boolean | undefined;
}

/** What is posted, as far as its place depends on it. */
export interface Post {
  /** Undefined for a message that belongs to no thread. */
  readonly threadId: string | undefined;
  /** The agent's message that it answers. */
  readonly inReplyTo: PlacedMessage | undefined;
  /** The agent's reply that the customer answers. */
  readonly answers?: MessageRef | undefined;
  /** Whether it shows that the thread was opened. */
  readonly isCard: boolean;
  /** Whether it is worth a topic: it is a card, or shows what the customer wrote. */
  readonly mayOpenTopic: boolean;
  /** Whether it cannot be posted in the topic of its thread. */
  readonly isOutside: boolean;
}

/**
 * What is to be done with a message that Telegram has refused because of its place.
 *
 * - `retry`: send it again.
 * - `outside`: send it again, outside of the topic of its thread.
 * - `none`: nothing; the chat is at fault.
 */
export type Recovery = 'retry' | 'outside' | 'none';

/**
 * How threads look in the admin chat: where the desk posts their messages, and which thread an agent
 * means by answering one. A desk has one layout.
 */
export abstract class ThreadLayout {
  /**
   * Where a message of the desk goes. Never rejects: if the store does not answer, the message is posted in a
   * less suitable place.
   */
  abstract destination(post: Post): Promise<Destination>;

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
   * Stores what the desk has posted, so that {@link resolve} finds its thread. Never rejects: it is in Telegram,
   * and a failing store must not cause a repeat.
   *
   * @param posted One message, or the messages of an album.
   * @returns Whether it stands where it was sent to. If not, it was removed, and is to be sent again.
   */
  abstract recordPosted(
    posted: readonly Message[],
    post: Post,
    destination: Destination,
  ): Promise<boolean>;

  /** Recovers when Telegram has refused the place of one thread, such as a deleted topic. Never rejects. */
  abstract recover(post: Post, error: BotApiError): Promise<Recovery>;
}
