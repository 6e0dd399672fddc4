import type { FloodGate } from '../../floods/flood-gate.js';
import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { findOwnTopic, findSupergroupForum } from '../../sending/forum-access.js';
import type { ChatResolver } from '../../world/chat-resolver.js';
import type { Forum } from '../../world/forum.js';

/** Reopens a topic (td: ForumTopicManager.cpp:959-1040). */
export class ReopenForumTopicMethod implements BotApiMethod {
  readonly name = 'reopenForumTopic';
  readonly #chats: ChatResolver;
  readonly #forum: Forum;
  readonly #floods: FloodGate;

  constructor(chats: ChatResolver, forum: Forum, floods: FloodGate) {
    this.#chats = chats;
    this.#forum = forum;
    this.#floods = floods;
  }

  call(call: MethodCall): BotApiSuccess {
    const room = findSupergroupForum(this.#chats, call);
    const topic = findOwnTopic(call, room, {
      right: 'can_manage_topics',
      to: 'close or open the topic',
    });
    if (!topic.isClosed) throw BotApiError.of(400, 'TOPIC_NOT_MODIFIED');
    this.#floods.spend(call.bot, room, { kind: 'send', count: 1 });
    this.#forum.reopen(room, { from: call.bot.user }, topic);
    return { result: true };
  }
}
