import type { Clock } from '../time/clock.js';
import { BotApiError } from '../common/bot-api.error.js';
import type { BotAccount } from '../world/bot-account.js';
import type { LocatedMessage } from './message-locator.js';

const TOO_OLD_MS = 48 * 60 * 60 * 1000;

/** Deletes messages as far as a bot may. */
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
    const isOld = message.date * 1000 + TOO_OLD_MS < this.#clock.now();
    const isOwn = message.from?.id === bot.id;
    const isRuler = room.hasRight(bot.id, 'can_delete_messages');
    const isPrivate = room.chat.type === 'private';
    const isBasic = room.chat.type === 'group';
    if ((isPrivate || isBasic) && isOld) {
      throw BotApiError.of(400, "message can't be deleted for everyone");
    }
    const isAllowed = isPrivate || isRuler || (isOwn && !isOld);
    const isRoot =
      message.forum_topic_created !== undefined ||
      message.supergroup_chat_created !== undefined ||
      message.migrate_from_chat_id !== undefined;
    if (!isAllowed || isRoot) throw BotApiError.of(400, "message can't be deleted");
  }
}
