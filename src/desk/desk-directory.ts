import type { ChatFullInfo } from '@grammyjs/types';
import type { Desk } from './desk.js';

/** Finds the desks of a bot by their chats. */
export abstract class DeskDirectory {
  /** All desks of the bot, the default one first. */
  abstract all(): Promise<readonly Desk[]>;

  /** The desk of a name; the default one where this process has none of that name. */
  abstract get(name: string): Promise<Desk>;

  /** The desk that works in a chat, under its present id or a former one; null when none does. */
  abstract ofChat(chatId: number): Promise<Desk | null>;

  /**
   * A desk that works in the same chat as a desk behind it in the options, whichever name of the chat the options give;
   * null when there is none.
   *
   * @param desk The name of the desk behind it.
   * @param chat Its chat, as Telegram says it.
   */
  abstract earlierInChat(desk: string, chat: ChatFullInfo): Promise<Desk | null>;
}
