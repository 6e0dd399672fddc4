import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { cleanTopicName, findForum, seekOwnTopic } from '../../sending/forum-access.js';
import type { ChatResolver } from '../../world/chat-resolver.js';
import type { Forum } from '../../world/forum.js';

/**
 * Renames a topic or changes its icon; what stays the same is no change, and who asks for nothing
 * gets it (td: ForumTopicManager.cpp:515-592).
 */
export class EditForumTopicMethod implements BotApiMethod {
  readonly name = 'editForumTopic';
  readonly #chats: ChatResolver;
  readonly #forum: Forum;

  constructor(chats: ChatResolver, forum: Forum) {
    this.#chats = chats;
    this.#forum = forum;
  }

  call(call: MethodCall): BotApiSuccess {
    const { bot, parameters } = call;
    const room = findForum(this.#chats, call);
    const topic = seekOwnTopic(call, room, { right: 'can_manage_topics', to: 'edit the topic' });
    const name = parameters.text('name');
    const wanted = cleanTopicName(name);
    if (name !== '' && wanted === '') throw BotApiError.of(400, 'name must be non-empty');
    if (name === '' && !parameters.has('icon_custom_emoji_id')) return { result: true };
    if (!topic) throw BotApiError.of(400, 'TOPIC_ID_INVALID');
    const emoji = parameters.text('icon_custom_emoji_id');
    const isRenamed = wanted !== '' && wanted !== topic.name;
    const isRedrawn =
      parameters.has('icon_custom_emoji_id') && emoji !== (topic.iconCustomEmojiId ?? '');
    if (!isRenamed && !isRedrawn) throw BotApiError.of(400, 'TOPIC_NOT_MODIFIED');
    this.#forum.edit(room, { from: bot.user }, topic, {
      ...(isRenamed && { name: wanted }),
      ...(isRedrawn && { iconCustomEmojiId: emoji }),
    });
    return { result: true };
  }
}
