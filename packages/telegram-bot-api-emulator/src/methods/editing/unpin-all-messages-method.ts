import type { Message } from '@grammyjs/types';
import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { findForum, findSupergroupForum } from '../../sending/forum-access.js';
import { checkPinRights } from '../../sending/pin-rights.js';
import type { ChatResolver } from '../../world/chat-resolver.js';
import type { ChatRoom } from '../../world/chat-room.js';
import type { PinnedMessages } from '../../world/pinned-messages.js';

/** Where all messages are to be unpinned, by the name of the method. */
export type UnpinAllName =
  'unpinAllChatMessages' | 'unpinAllForumTopicMessages' | 'unpinAllGeneralForumTopicMessages';

/** `unpinAllChatMessages` and its siblings for one topic. */
export class UnpinAllMessagesMethod implements BotApiMethod {
  readonly name: UnpinAllName;
  readonly #chats: ChatResolver;
  readonly #pins: PinnedMessages;

  constructor(name: UnpinAllName, chats: ChatResolver, pins: PinnedMessages) {
    this.name = name;
    this.#chats = chats;
    this.#pins = pins;
  }

  call(call: MethodCall): BotApiSuccess {
    const room = this.#find(call);
    checkPinRights(call.bot, room);
    const threadId = call.parameters.messageId('message_thread_id');
    if (this.name === 'unpinAllForumTopicMessages' && !room.topics.find(threadId)) {
      throw BotApiError.of(400, 'TOPIC_ID_INVALID');
    }
    this.#pins.unpinAll(room, (message) => this.#isMeant(message, threadId));
    return { result: true };
  }

  #find(call: MethodCall): ChatRoom {
    const { bot, parameters } = call;
    switch (this.name) {
      case 'unpinAllChatMessages':
        return this.#chats.resolve(bot, parameters.text('chat_id'), 'write');
      case 'unpinAllForumTopicMessages':
        return findForum(this.#chats, call);
      case 'unpinAllGeneralForumTopicMessages':
        return findSupergroupForum(this.#chats, call);
    }
  }

  #isMeant(message: Message, threadId: number): boolean {
    switch (this.name) {
      case 'unpinAllChatMessages':
        return true;
      case 'unpinAllForumTopicMessages':
        return message.is_topic_message === true && message.message_thread_id === threadId;
      case 'unpinAllGeneralForumTopicMessages':
        return !message.is_topic_message;
    }
  }
}
