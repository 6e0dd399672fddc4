import type { FloodGate } from '../../floods/flood-gate.js';
import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import {
  cleanTopicName,
  findForum,
  readTopicIcon,
  seekOwnTopic,
} from '../../sending/forum-access.js';
import type { ChatResolver } from '../../world/chat-resolver.js';
import type { Forum } from '../../world/forum.js';
import { GENERAL_TOPIC_ID } from '../../world/topic-list.js';

/**
 * Renames a topic or changes its icon; what stays the same is no change, and who asks for nothing
 * gets it (td: ForumTopicManager.cpp:515-592).
 */
export class EditForumTopicMethod implements BotApiMethod {
  readonly name = 'editForumTopic';
  readonly #chats: ChatResolver;
  readonly #forum: Forum;
  readonly #floods: FloodGate;

  constructor(chats: ChatResolver, forum: Forum, floods: FloodGate) {
    this.#chats = chats;
    this.#forum = forum;
    this.#floods = floods;
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
    const hasIcon = parameters.has('icon_custom_emoji_id');
    if (hasIcon && room.isForum && topic.id === GENERAL_TOPIC_ID) {
      throw BotApiError.of(400, 'GENERAL_MODIFY_ICON_FORBIDDEN');
    }
    const emoji = readTopicIcon(call);
    const isRenamed = wanted !== '' && wanted !== topic.name;
    const isRedrawn = hasIcon && emoji !== (topic.iconCustomEmojiId ?? '');
    if (!isRenamed && !isRedrawn) throw BotApiError.of(400, 'TOPIC_NOT_MODIFIED');
    this.#floods.spend(bot, room, { kind: 'send', count: 1 });
    this.#forum.edit(room, { from: bot.user }, topic, {
      ...(isRenamed && { name: wanted }),
      ...(isRedrawn && { iconCustomEmojiId: emoji }),
    });
    return { result: true };
  }
}
