import { BotApiError } from '../common/bot-api.error.js';
import { parseLeadingInteger } from '../parameters/bot-api-parameters.js';
import type { ChatRoom } from './chat-room.js';
import type { BotAccount } from './bot-account.js';
import type { EmulatedWorld } from './emulated-world.js';

/** What a method wants to do in a chat. */
export type ChatAccess = 'read' | 'readMembers' | 'write';

/** Finds the chat of a call and checks whether the bot may do there what it wants to. */
export class ChatResolver {
  readonly #world: EmulatedWorld;

  constructor(world: EmulatedWorld) {
    this.#world = world;
  }

  /**
   * The chat of a parameter such as `chat_id`: an id, as a number or as a text, or the @username
   * of a public supergroup (telegram-bot-api, Client.cpp:8125-8227, 6557-6600).
   *
   * @throws {@link BotApiError}
   */
  resolve(bot: BotAccount, chatId: string, access: ChatAccess): ChatRoom {
    if (chatId === '') throw BotApiError.of(400, 'chat_id is empty');
    const room = chatId.startsWith('@')
      ? this.#world.rooms.findByUsername(chatId.slice(1))
      : this.#world.rooms.find(parseLeadingInteger(chatId), bot);
    if (!room) throw this.#explainMissing(bot, chatId, access);
    checkAccess(room, bot.id, access);
    return room;
  }

  /** Whom the bot knows without having been written to, it may not write to. */
  #explainMissing({ user: self }: BotAccount, chatId: string, access: ChatAccess): BotApiError {
    const isSelf = chatId.toLowerCase() === `@${self.username.toLowerCase()}`;
    const user = this.#world.findUser(isSelf ? self.id : parseLeadingInteger(chatId));
    if (!user || access !== 'write') return BotApiError.of(400, 'chat not found');
    return user.is_bot
      ? BotApiError.of(403, "the bot can't send messages to the bot")
      : BotApiError.of(403, "bot can't initiate conversation with a user");
  }
}

function checkAccess(room: ChatRoom, botId: number, access: ChatAccess): void {
  switch (room.chat.type) {
    case 'private':
      if (room.isDeactivated && access === 'write')
        throw BotApiError.of(403, 'user is deactivated');
      return;
    case 'group':
      checkGroup(room, botId, access);
      return;
    case 'supergroup':
    case 'channel':
      checkPublicChat(room, botId, access);
  }
}

/** Basic groups can be read without being a member, but their list of members cannot. */
function checkGroup(room: ChatRoom, botId: number, access: ChatAccess): void {
  if (access === 'read') return;
  if (room.migratedToChatId !== undefined) {
    throw BotApiError.of(400, 'group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: room.migratedToChatId,
    });
  }
  if (room.isDeleted) throw BotApiError.of(403, 'the group chat was deleted');
  const status = room.statusOf(botId);
  if (status === 'kicked') throw BotApiError.of(403, 'bot was kicked from the group chat');
  if (status === 'left') throw BotApiError.of(403, 'bot is not a member of the group chat');
}

function checkPublicChat(room: ChatRoom, botId: number, access: ChatAccess): void {
  const { chat } = room;
  const status = room.statusOf(botId);
  if (status === 'kicked') throw BotApiError.of(403, `bot was kicked from the ${chat.type} chat`);
  const isPublic = chat.type !== 'group' && chat.username !== undefined;
  if (status === 'left' && (access === 'write' || !isPublic)) {
    throw BotApiError.of(403, `bot is not a member of the ${chat.type} chat`);
  }
}
