import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../../bot/bot-api-client.js';
import type { BotApiParams } from '../../bot/bot-api-types.js';
import { AdminChat } from '../../chat/admin-chat.js';
import { TopicAvailability } from '../../chat/topic-availability.js';
import { Clock } from '../../common/clock.js';
import { SafeLogger } from '../../common/safe-logger.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { BotApiError, ErrorDescriber } from '../../errors/index.js';
import type { ThreadStatus, ThreadTopic } from '../../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../../threads/thread-state.repository.js';
import { topicErrorOf } from '../../threads/topic-error.js';
import type { TopicRef } from '../../threads/topic-ref.interface.js';
import { UnboundTopics } from '../../threads/unbound-topics.js';
import { classifySendError } from '../send-error.js';
import { colorOf } from './topic-color.js';
import { TopicIcons } from './topic-icons.js';

/** How a new topic looks. */
export interface TopicLook {
  readonly name: string;
  /** The status that its icon shows. */
  readonly status: ThreadStatus;
}

/** Creates the topics of threads, and finds those that were created without this being known. */
@Injectable()
export class TopicOpener {
  readonly #logger: SafeLogger;

  constructor(
    private readonly api: BotApiClient,
    private readonly adminChat: AdminChat,
    private readonly threads: ThreadStateRepository,
    private readonly unbound: UnboundTopics,
    private readonly availability: TopicAvailability,
    private readonly icons: TopicIcons,
    private readonly clock: Clock,
    private readonly settings: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(TopicOpener.name, errors);
  }

  /**
   * Gives the thread a topic that was created for it, though the answer was lost; null when none has shown up.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  async adopt(threadId: string, name: string): Promise<TopicRef | null> {
    const topic = await this.unbound.take(name, threadId);
    if (topic) await this.#bind(threadId, topic, name, undefined);
    return topic;
  }

  /**
   * Creates the topic of a thread, for which the caller has a permit of the rate limiter.
   *
   * @returns Null when another thread has adopted the topic before its answer came.
   * @throws {@link BotApiError} When Telegram did not create it.
   * @throws When the store does not answer within 2 seconds.
   */
  async create(threadId: string, { name, status }: TopicLook): Promise<TopicRef | null> {
    const chatId = await this.#chatId();
    const iconId = await this.#iconId(status);
    const params = { chat_id: chatId, name, icon_color: colorOf(threadId) };
    const topicId = await this.#create(params, iconId || undefined);
    this.availability.learn({ isForum: true, mayManage: true });
    const topic = { chatId, topicId };
    if (!(await this.unbound.claim(topic, threadId))) return null;
    await this.#bind(threadId, topic, name, iconId === undefined ? undefined : status);
    return topic;
  }

  /** An icon that Telegram does not take, because its list has changed, matters less than the topic. */
  async #create(
    params: BotApiParams<'createForumTopic'>,
    iconId: string | undefined,
  ): Promise<number> {
    try {
      const withIcon = { ...params, icon_custom_emoji_id: iconId };
      const topic = await this.api.call('createForumTopic', withIcon, { hasPermit: true });
      // Another server than Telegram's may answer anything.
      if (Number.isInteger(topic.message_thread_id)) return topic.message_thread_id;
    } catch (error) {
      const isRefused =
        error instanceof BotApiError &&
        !topicErrorOf(error) &&
        ['message', 'unknown'].includes(classifySendError(error));
      if (iconId === undefined || !isRefused) throw error;
      this.icons.forget();
      return this.#create(params, undefined);
    }
    throw new Error('Telegram answered createForumTopic without a topic. Check the option apiRoot');
  }

  async #bind(
    threadId: string,
    topic: TopicRef,
    name: string,
    shownStatus: ThreadTopic['shownStatus'],
  ): Promise<void> {
    await this.threads.claim(threadId, this.settings.desk);
    const shown = { ...topic, name, givenName: name, shownStatus, isClosed: false };
    await this.threads.bindTopic(threadId, shown, this.clock.now());
    // Afterwards, so that whoever goes on after a crash in between finds it in one of the two places.
    await this.unbound.settle(topic);
  }

  /** The number of the chat, by which updates name it, too. */
  async #chatId(): Promise<number> {
    const { adminChat } = this;
    if (adminChat.number !== undefined) return adminChat.number;
    const chat = await this.api.call('getChat', { chat_id: adminChat.id });
    adminChat.is(chat);
    return chat.id;
  }

  /** A topic without an icon gets it later. */
  async #iconId(status: ThreadStatus): Promise<string | undefined> {
    try {
      return await this.icons.idOf(status);
    } catch (error) {
      this.#logger.debug(`The icons of topics are not known: ${this.#logger.describe(error)}`);
      return undefined;
    }
  }
}
