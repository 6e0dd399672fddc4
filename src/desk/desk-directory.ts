import type { Desk } from './desk.js';

/** Finds the desks of a bot by their chats. */
export abstract class DeskDirectory {
  /** The desk that works in a chat, under its present id or a former one; null when none does. */
  abstract ofChat(chatId: number): Promise<Desk | null>;
}
