import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { findForum, findOwnTopic } from '../../sending/forum-access.js';
import type { ChatResolver } from '../../world/chat-resolver.js';
import type { Forum } from '../../world/forum.js';
import { GENERAL_TOPIC_ID } from '../../world/topic-list.js';

/**
 * Deletes a topic with its messages; there is no update of it. Nor is there an exception for topics of the bot
 * itself, though the server lets them pass to the data centre (Bot API documentation; td:
 * ForumTopicManager.cpp:1018-1040).
 */
export class DeleteForumTopicMethod implements BotApiMethod {
  readonly name = 'deleteForumTopic';
  readonly #chats: ChatResolver;
  readonly #forum: Forum;

  constructor(chats: ChatResolver, forum: Forum) {
    this.#chats = chats;
    this.#forum = forum;
  }

  call(call: MethodCall): BotApiSuccess {
    const room = findForum(this.#chats, call);
    const topic = findOwnTopic(call, room, {
      right: 'can_delete_messages',
      to: 'delete the topic',
    });
    if (room.isForum && topic.id === GENERAL_TOPIC_ID)
      throw BotApiError.of(400, 'TOPIC_ID_INVALID');
    if (room.isForum && !room.hasRight(call.bot.id, 'can_delete_messages')) {
      throw BotApiError.of(400, 'CHAT_ADMIN_REQUIRED');
    }
    this.#forum.delete(room, topic, call.bot.id);
    return { result: true };
  }
}
