import type { Clock } from '../time/clock.js';
import { BotApiError } from '../common/bot-api.error.js';
import type { BotAccount } from '../world/bot-account.js';
import type { ChatRoom } from '../world/chat-room.js';
import { GENERAL_TOPIC_ID } from '../world/topic-list.js';

/** For so long the server remembers that it has found a topic. */
const CACHE_MS = 60_000;

/** Finds the topic that a message is to go to. */
export class TopicFinder {
  readonly #clock: Clock;
  /** By bot, chat and topic: when the topic was found. */
  readonly #foundAt = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * The thread id of a message that asks for `messageThreadId`; undefined for the General topic
   * and where there are no topics, which is where the parameter is ignored
   * (telegram-bot-api, Client.cpp:8255-8292).
   *
   * @throws {@link BotApiError}
   */
  find(bot: BotAccount, room: ChatRoom, messageThreadId: number): number | undefined {
    const { topics, isForum } = room;
    const mayHaveTopics = isForum || room.chat.type === 'private';
    if (messageThreadId === 0 || !mayHaveTopics) return undefined;
    const isDeleted = topics.deleterOf(messageThreadId) !== undefined;
    if (isForum && isDeleted && topics.redirectsDeleted) return undefined;
    const isGeneral = isForum && messageThreadId === GENERAL_TOPIC_ID;
    if (
      isGeneral ||
      topics.isForgotten(messageThreadId) ||
      !this.#ask(bot, room, messageThreadId)
    ) {
      throw BotApiError.of(400, 'message thread not found');
    }
    return messageThreadId;
  }

  /**
   * What only the data centre knows of a topic: that it was deleted just now, or is closed.
   *
   * @throws {@link BotApiError}
   */
  checkOpen({ id: botId }: BotAccount, room: ChatRoom, messageThreadId: number | undefined): void {
    if (!room.isForum && messageThreadId === undefined) return;
    const topic = room.topics.find(messageThreadId ?? GENERAL_TOPIC_ID);
    if (!topic) throw BotApiError.of(400, 'TOPIC_DELETED');
    const mayWrite = topic.creatorId === botId || room.hasRight(botId, 'can_manage_topics');
    if (room.isForum && topic.isClosed && !mayWrite) throw BotApiError.of(400, 'TOPIC_CLOSED');
  }

  /**
   * Whether the server knows the topic. It believes so for a while after it has looked, unless the bot
   * itself has deleted the topic (td: ForumTopicManager.cpp, `get_forum_topic`, `on_delete_forum_topic`).
   */
  #ask({ id: botId }: BotAccount, { id: roomId, topics }: ChatRoom, topicId: number): boolean {
    const key = `${botId} ${roomId} ${topicId}`;
    const now = this.#clock.monotonicMs();
    const foundAt = this.#foundAt.get(key);
    const isFresh = foundAt !== undefined && foundAt + CACHE_MS > now;
    if (isFresh && topics.deleterOf(topicId) !== botId) return true;
    if (!topics.find(topicId)) return false;
    this.#foundAt.set(key, now);
    return true;
  }
}
