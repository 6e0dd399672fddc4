import type { FloodGate } from '../../floods/flood-gate.js';
import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { cleanTopicName, findSupergroupForum } from '../../sending/forum-access.js';
import type { ChatResolver } from '../../world/chat-resolver.js';
import type { ChatRoom } from '../../world/chat-room.js';
import type { Forum } from '../../world/forum.js';

/** What can be done to the General topic. */
export type GeneralTopicAction = 'close' | 'edit' | 'hide' | 'reopen' | 'unhide';

/** `closeGeneralForumTopic` and its siblings. */
export class GeneralForumTopicMethod implements BotApiMethod {
  readonly name: string;
  readonly #action: GeneralTopicAction;
  readonly #chats: ChatResolver;
  readonly #forum: Forum;
  readonly #floods: FloodGate;

  constructor(action: GeneralTopicAction, chats: ChatResolver, forum: Forum, floods: FloodGate) {
    this.name = `${action}GeneralForumTopic`;
    this.#action = action;
    this.#chats = chats;
    this.#forum = forum;
    this.#floods = floods;
  }

  call(call: MethodCall): BotApiSuccess {
    const { bot, parameters } = call;
    const room = findSupergroupForum(this.#chats, call);
    if (!room.hasRight(bot.id, 'can_manage_topics')) {
      const deed = this.#action === 'edit' ? 'edit the topic' : 'close or open the topic';
      throw BotApiError.of(400, `not enough rights to ${deed}`);
    }
    const asked = parameters.text('name');
    if (this.#action === 'edit' && asked === '') return { result: true };
    const name = cleanTopicName(asked);
    if (this.#action === 'edit' && name === '') {
      throw BotApiError.of(400, 'name must be non-empty');
    }
    if (this.#isDone(room, name)) throw BotApiError.of(400, 'TOPIC_NOT_MODIFIED');
    this.#floods.spend(bot, room, { kind: 'send', count: 1 });
    this.#perform(call, room, name);
    return { result: true };
  }

  #isDone({ topics: { general } }: ChatRoom, name: string): boolean {
    switch (this.#action) {
      case 'edit':
        return general.name === name;
      case 'close':
        return general.isClosed;
      case 'reopen':
        return !general.isClosed;
      case 'hide':
        return general.isHidden;
      case 'unhide':
        return !general.isHidden;
    }
  }

  #perform({ bot }: MethodCall, room: ChatRoom, name: string): void {
    const sender = { from: bot.user };
    const { general } = room.topics;
    switch (this.#action) {
      case 'edit':
        this.#forum.edit(room, sender, general, { name });
        return;
      case 'close':
        this.#forum.close(room, sender, general);
        return;
      case 'reopen':
        this.#forum.reopen(room, sender, general);
        return;
      case 'hide':
        this.#forum.hide(room, sender);
        return;
      case 'unhide':
        this.#forum.unhide(room, sender);
        return;
    }
  }
}
