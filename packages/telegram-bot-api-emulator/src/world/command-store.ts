import type { BotCommand } from '@grammyjs/types';
import type { ChatRoom } from './chat-room.js';

/** For whom commands are. */
export type CommandScope =
  | {
      readonly type:
        'default' | 'all_private_chats' | 'all_group_chats' | 'all_chat_administrators';
    }
  | { readonly type: 'chat' | 'chat_administrators'; readonly chatId: number }
  | { readonly type: 'chat_member'; readonly chatId: number; readonly userId: number };

/** What the commands of a scope are filed under: scopes that say the same are the same. */
export function keyOfScope(scope: CommandScope): string {
  return JSON.stringify(Object.entries(scope).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The commands that a bot has set, by scope and language. */
export class CommandStore {
  readonly #commands = new Map<string, readonly BotCommand[]>();

  /**
   * @param scope See {@link keyOfScope}.
   * @param language Two letters; empty for everybody who has no commands in the own language.
   */
  get(scope: string, language: string): readonly BotCommand[] {
    return this.#commands.get(`${scope} ${language}`) ?? [];
  }

  set(scope: string, language: string, commands: readonly BotCommand[]): void {
    this.#commands.set(`${scope} ${language}`, commands);
  }

  /**
   * The commands that somebody sees in a chat: those of the first scope that has any, in the person's language or else
   * for all languages (core.telegram.org/bots/api#determining-list-of-commands).
   */
  seenIn(room: ChatRoom, userId: number, language: string): readonly BotCommand[] {
    for (const scope of scopesOf(room, userId)) {
      for (const spoken of [language, '']) {
        const commands = this.get(keyOfScope(scope), spoken);
        if (commands.length > 0) return commands;
      }
    }
    return [];
  }
}

/** The scopes that somebody is in, the narrowest first. */
function scopesOf(room: ChatRoom, userId: number): CommandScope[] {
  const chatId = room.id;
  if (room.chat.type === 'private') {
    return [{ type: 'chat', chatId }, { type: 'all_private_chats' }, { type: 'default' }];
  }
  const isAdministrator = ['creator', 'administrator'].includes(room.statusOf(userId));
  const scopes: CommandScope[] = [
    { type: 'chat_member', chatId, userId },
    { type: 'chat_administrators', chatId },
    { type: 'chat', chatId },
    { type: 'all_chat_administrators' },
    { type: 'all_group_chats' },
    { type: 'default' },
  ];
  return scopes.filter(({ type }) => isAdministrator || !type.includes('administrators'));
}
