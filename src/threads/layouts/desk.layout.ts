import type { Message, MessageEntity } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { AdminChat } from '../../chat/admin-chat.js';
import { TopicAvailability } from '../../chat/topic-availability.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { type BotApiError, ErrorDescriber } from '../../errors/index.js';
import type { MessageRef } from '../message-ref.interface.js';
import type { PlacedMessage } from '../placed-message.interface.js';
import { PurgedThreads } from '../purged-threads.js';
import { ThreadLayout, type Destination, type Post, type Recovery } from '../thread-layout.js';
import type { ThreadTopic } from '../thread-record.interface.js';
import { ThreadStateRepository } from '../thread-state.repository.js';
import { RepliesLayout } from './replies.layout.js';
import { TopicRecovery } from './topic-recovery.js';

/**
 * Shows each thread as it was begun: in a topic of its own, or as a chain of replies. With `mode: 'topics'` a
 * thread that is opened, or that the chat does not know, gets a topic.
 */
@Injectable()
export class DeskLayout extends ThreadLayout {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly settings: TelegramSettings,
    private readonly adminChat: AdminChat,
    private readonly availability: TopicAvailability,
    private readonly threads: ThreadStateRepository,
    private readonly replies: RepliesLayout,
    private readonly recovery: TopicRecovery,
    private readonly purged: PurgedThreads,
    errors: ErrorDescriber,
  ) {
    super();
    this.#logger = new ThrottledLogger(DeskLayout.name, errors);
  }

  async destination(post: Post): Promise<Destination> {
    const { threadId, inReplyTo, isCard, mayOpenTopic, isOutside } = post;
    // Query the store in parallel, so that a hanging Redis costs one timeout, not two.
    const [reply, topic] = await Promise.all([
      this.replies.destination(post),
      threadId !== undefined && !inReplyTo ? this.#topicOf(threadId) : undefined,
    ]);
    const { chatId } = reply;
    if (isOutside) return { chatId };
    if (inReplyTo) return this.#besideMessage(reply, inReplyTo);
    if (threadId === undefined) return reply;
    if (topic && !topic.isGone && this.availability.isForum) {
      return {
        chatId,
        topicId: topic.topicId,
        replyTo: reply.isAnswer ? reply.replyTo : undefined,
      };
    }
    // Replies to messages of a topic that is gone would stand in General by themselves.
    if (topic?.isGone && !mayOpenTopic) return { chatId };
    const isUnknown = reply.replyTo === undefined;
    const isNew = isCard || isUnknown || topic?.isGone;
    const wantsTopic = this.settings.mode === 'topics' && mayOpenTopic && isNew;
    return wantsTopic && this.availability.isAvailable
      ? { chatId, needsTopic: true, renewsTopic: topic?.isGone }
      : reply;
  }

  async resolve(
    message: MessageRef,
    entities: readonly MessageEntity[] | null,
  ): Promise<string | null> {
    const threadId = await this.replies.resolve(message, entities);
    return threadId !== null && (await this.#isPurged(threadId)) ? null : threadId;
  }

  async recordPosted(
    posted: readonly Message[],
    post: Post,
    destination: Destination,
  ): Promise<boolean> {
    this.#learnFrom(posted);
    if (await this.recovery.removeMisplaced(posted, post, destination)) return false;
    return this.replies.recordPosted(posted, post);
  }

  recover(post: Post, error: BotApiError): Promise<Recovery> {
    return this.recovery.recover(post, error);
  }

  /** A store that is away stops no reply whose thread is known without it. */
  async #isPurged(threadId: string): Promise<boolean> {
    try {
      return await this.purged.has(threadId);
    } catch (error) {
      this.#logger.warn(this.#logger.describe(error));
      return false;
    }
  }

  /** In its topic also when the message is deleted, to which it cannot reply then. */
  #besideMessage(reply: Destination, { topicId }: PlacedMessage): Destination {
    const isHere = reply.replyTo !== undefined && this.availability.isForum;
    return isHere ? { ...reply, topicId } : reply;
  }

  /** A process that gets no updates learns from nothing else that the chat has topics again. */
  #learnFrom([first]: readonly Message[]): void {
    if (first?.chat.type === 'supergroup' && first.chat.is_forum) {
      this.availability.learn({ isForum: true });
    }
  }

  /** The topic of a thread in this chat. */
  async #topicOf(threadId: string): Promise<ThreadTopic | undefined> {
    try {
      const topic = (await this.threads.find(threadId))?.topic;
      return topic && this.adminChat.mayHave(topic) ? topic : undefined;
    } catch (error) {
      this.#logger.warn(this.#logger.describe(error));
      return undefined;
    }
  }
}
