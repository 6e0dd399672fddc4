import type { OptionProblem } from '../errors/index.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import type { TelegramModuleOptions } from './telegram-module.options.js';

/** The chat of a desk, written so that two of them can be compared. */
export interface DeskChat {
  readonly desk: string;
  readonly chat: string;
}

/** The chats of all desks that have one. */
export function chatsOf({ adminChatId, desks = {} }: TelegramModuleOptions): DeskChat[] {
  const further = Object.entries(desks).map(([desk, options]) => [desk, options.adminChatId]);
  return [[DEFAULT_DESK, adminChatId], ...further].flatMap(([desk, chat]) =>
    chat ? [{ desk: String(desk), chat: String(chat).toLowerCase() }] : [],
  );
}

/** Desks of a bot that is not disabled which have no chat, or the chat of another desk. */
export function chatProblemsOf(options: TelegramModuleOptions): OptionProblem[] {
  const chats = chatsOf(options);
  return Object.keys(options.desks ?? {}).flatMap((name) => {
    const option = `desks.${name}.adminChatId`;
    const own = chats.findIndex(({ desk }) => desk === name);
    const chat = chats[own]?.chat;
    if (chat === undefined) {
      return [{ option, got: 'nothing', wants: 'wants the chat where the desk works' }];
    }
    const former = chats.slice(0, own).find((other) => other.chat === chat);
    if (!former) return [];
    const wants = `wants a chat of its own: this is that of the desk ${former.desk}`;
    return [{ option, got: chat, wants }];
  });
}
