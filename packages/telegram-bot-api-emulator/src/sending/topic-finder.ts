import type { Clock } from '../time/clock.js';
import { BotApiError } from '../common/bot-api.error.js';
import type { BotAccount } from '../world/bot-account.js';
import type { ChatRoom } from '../world/chat-room.js';
import { GENERAL_TOPIC_ID } from '../world/topic-list.js';

/** For so long the server takes a deleted topic for one that is there. */
const CACHE_MS = 60_000;

/** Finds the topic that a message is to go to. */
export class TopicFinder {
  readonly #clock: Clock;

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
  find(room: ChatRoom, messageThreadId: number): number | undefined {
    const mayHaveTopics = room.isForum || room.chat.type === 'private';
    if (messageThreadId === 0 || !mayHaveTopics) return undefined;
    const isKnown = room.topics.find(messageThreadId) || this.#isCached(room, messageThreadId);
    const isGeneral = room.isForum && messageThreadId === GENERAL_TOPIC_ID;
    if (isGeneral || !isKnown) {
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
    if (!room.isForum) return;
    const topic = room.topics.find(messageThreadId ?? GENERAL_TOPIC_ID);
    if (!topic) throw BotApiError.of(400, 'TOPIC_DELETED');
    const mayWrite = topic.creatorId === botId || room.hasRight(botId, 'can_manage_topics');
    if (topic.isClosed && !mayWrite) throw BotApiError.of(400, 'TOPIC_CLOSED');
  }

  #isCached(room: ChatRoom, messageThreadId: number): boolean {
    const deletedAt = room.isForum ? room.topics.deletedAt(messageThreadId) : undefined;
    return deletedAt !== undefined && deletedAt + CACHE_MS > this.#clock.monotonicMs();
  }
}
