import type { ChatMember } from '@grammyjs/types';
import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { createChatMember } from '../../world/chat-member.factory.js';
import type { ChatResolver } from '../../world/chat-resolver.js';
import type { ChatRoom } from '../../world/chat-room.js';
import type { EmulatedWorld } from '../../world/emulated-world.js';

/** Says what somebody is in a chat; about itself the bot may ask wherever it can read. */
export class GetChatMemberMethod implements BotApiMethod {
  readonly name = 'getChatMember';
  readonly #world: EmulatedWorld;
  readonly #chats: ChatResolver;

  constructor(world: EmulatedWorld, chats: ChatResolver) {
    this.#world = world;
    this.#chats = chats;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    const userId = parameters.integer('user_id', 0, 0, Number.MAX_SAFE_INTEGER);
    if (userId === 0) throw BotApiError.of(400, 'invalid user_id specified');
    const isSelf = userId === bot.id;
    const access = isSelf ? 'read' : 'readMembers';
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), access);
    const mayAsk =
      isSelf || room.chat.type !== 'channel' || room.statusOf(bot.id) === 'administrator';
    if (!mayAsk) throw BotApiError.of(400, 'member list is inaccessible');
    return { result: this.#findMember(room, userId) };
  }

  #findMember(room: ChatRoom, userId: number): ChatMember {
    const member = room.members.get(userId);
    if (member) return createChatMember(member, room.chat);
    const stranger = this.#world.findUser(userId);
    if (!stranger) throw BotApiError.of(400, 'member not found');
    return createChatMember({ user: stranger, status: 'left' }, room.chat);
  }
}
