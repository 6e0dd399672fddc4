import type { Message } from '@grammyjs/types';
import type { Clock } from '../time/clock.js';
import { BotApiError } from '../common/bot-api.error.js';
import type { BotAccount } from '../world/bot-account.js';
import { isServiceMessage } from '../world/bot-visibility.js';
import type { ChatRoom } from '../world/chat-room.js';
import type { LocatedMessage } from './message-locator.js';

const TOO_OLD_MS = 48 * 60 * 60 * 1000;

/**
 * Deletes messages as far as a bot may, which is for 48 hours
 * (td: MessagesManager.cpp:8331-8374, `can_revoke_message`).
 */
export class MessageDeleter {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Deletes all of the messages or none.
   *
   * @throws {@link BotApiError}
   */
  delete(bot: BotAccount, messages: readonly LocatedMessage[]): void {
    for (const located of messages) this.#check(bot, located);
    for (const { room, message } of messages) room.history.delete(message.message_id);
  }

  #check(bot: BotAccount, { room, message }: LocatedMessage): void {
    const ageMs = this.#clock.now() - message.date * 1000;
    const { type } = room.chat;
    if (type === 'private' || type === 'group') this.#checkBasic(bot, room, message, ageMs);
    else this.#checkPublic(bot, room, message, ageMs);
  }

  #checkBasic(bot: BotAccount, room: ChatRoom, message: Message, ageMs: number): void {
    if (ageMs > TOO_OLD_MS) throw BotApiError.of(400, "message can't be deleted for everyone");
    const isAllowed =
      room.chat.type === 'private' ||
      room.hasRight(bot.id, 'can_delete_messages') ||
      message.from?.id === bot.id;
    if (!isAllowed) throw BotApiError.of(400, "message can't be deleted");
  }

  /** What began a topic or the chat nobody deletes; other events take the right to, even the bot's own. */
  #checkPublic(bot: BotAccount, room: ChatRoom, message: Message, ageMs: number): void {
    const isRoot =
      message.forum_topic_created !== undefined ||
      message.supergroup_chat_created !== undefined ||
      message.migrate_from_chat_id !== undefined;
    const isOwn = message.from?.id === bot.id && !isServiceMessage(message);
    const isAllowed = isOwn || room.hasRight(bot.id, 'can_delete_messages');
    if (ageMs >= TOO_OLD_MS || isRoot || !isAllowed) {
      throw BotApiError.of(400, "message can't be deleted");
    }
  }
}
