import type { ForumTopic } from '@grammyjs/types';
import type { FloodGate } from '../../floods/flood-gate.js';
import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { cleanTopicName, findForum, readTopicIcon } from '../../sending/forum-access.js';
import type { ChatResolver } from '../../world/chat-resolver.js';
import type { ChatRoom } from '../../world/chat-room.js';
import type { Forum } from '../../world/forum.js';
import { isTopicColor } from '../../world/topic-icons.js';
import { DEFAULT_ICON_COLOR } from '../../world/topic-list.js';

/** Creates a topic; the same name twice makes two (td: ForumTopicManager.cpp:515-592). */
export class CreateForumTopicMethod implements BotApiMethod {
  readonly name = 'createForumTopic';
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
    if (!mayCreate(room, bot.id)) throw BotApiError.of(400, 'not enough rights to create a topic');
    const name = cleanTopicName(parameters.text('name'));
    if (name === '') throw BotApiError.of(400, 'name must be non-empty');
    const iconColor = parameters.integer('icon_color', DEFAULT_ICON_COLOR);
    if (!isTopicColor(iconColor)) {
      throw BotApiError.of(400, 'invalid icon color specified');
    }
    const emoji = readTopicIcon(call);
    this.#floods.spend(bot, room, { kind: 'send', count: 1 });
    const icon = { iconColor, ...(emoji !== '' && { iconCustomEmojiId: emoji }) };
    const topic = this.#forum.create(room, { from: bot.user }, { name, ...icon });
    const result: ForumTopic = {
      message_thread_id: topic.id,
      name,
      icon_color: iconColor,
      ...(emoji !== '' && { icon_custom_emoji_id: emoji }),
    };
    return { result };
  }
}

/** Mere members may, too, where the permissions of the chat say so (td: DialogParticipant.h:487-489). */
function mayCreate(room: ChatRoom, botId: number): boolean {
  if (room.chat.type === 'private' || room.hasRight(botId, 'can_manage_topics')) return true;
  return room.statusOf(botId) === 'member' && room.permissions.can_manage_topics === true;
}
