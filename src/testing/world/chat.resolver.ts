import { BotApiFailure } from '../http/bot-api.failure.js';
import { parseLeadingInteger } from '../parameters/bot-api.parameters.js';
import type { ChatRoom } from './chat.room.js';
import type { EmulatedWorld } from './emulated.world.js';

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
   * @throws {@link BotApiFailure}
   */
  resolve(chatId: string, access: ChatAccess): ChatRoom {
    if (chatId === '') throw BotApiFailure.of(400, 'chat_id is empty');
    const room = chatId.startsWith('@')
      ? this.#world.findRoomByUsername(chatId.slice(1))
      : this.#world.findRoom(parseLeadingInteger(chatId));
    if (!room) throw this.#explainMissing(chatId, access);
    this.#checkAccess(room, access);
    return room;
  }

  /** Whom the bot knows without having been written to, it may not write to. */
  #explainMissing(chatId: string, access: ChatAccess): BotApiFailure {
    const { id, username } = this.#world.bot.user;
    const isSelf = chatId.toLowerCase() === `@${username.toLowerCase()}`;
    const user = this.#world.findUser(isSelf ? id : parseLeadingInteger(chatId));
    if (!user || access !== 'write') return BotApiFailure.of(400, 'chat not found');
    return user.is_bot
      ? BotApiFailure.of(403, "the bot can't send messages to the bot")
      : BotApiFailure.of(403, "bot can't initiate conversation with a user");
  }

  #checkAccess(room: ChatRoom, access: ChatAccess): void {
    if (room.chat.type === 'group') this.#checkGroup(room, access);
    if (room.chat.type === 'supergroup') this.#checkSupergroup(room, access);
  }

  /** Basic groups can be read without being a member, but their list of members cannot. */
  #checkGroup(room: ChatRoom, access: ChatAccess): void {
    if (access === 'read') return;
    if (room.migratedToChatId !== undefined) {
      throw BotApiFailure.of(400, 'group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: room.migratedToChatId,
      });
    }
    if (room.botStatus === 'kicked') {
      throw BotApiFailure.of(403, 'bot was kicked from the group chat');
    }
    if (room.botStatus === 'left') {
      throw BotApiFailure.of(403, 'bot is not a member of the group chat');
    }
  }

  #checkSupergroup({ chat, botStatus }: ChatRoom, access: ChatAccess): void {
    if (botStatus === 'kicked') {
      throw BotApiFailure.of(403, 'bot was kicked from the supergroup chat');
    }
    const isPublic = chat.username !== undefined;
    if (botStatus === 'left' && (access === 'write' || !isPublic)) {
      throw BotApiFailure.of(403, 'bot is not a member of the supergroup chat');
    }
  }
}
