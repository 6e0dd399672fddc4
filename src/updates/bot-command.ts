import type { Message } from '@grammyjs/types';

/** As Telegram recognises a command, at the beginning of a text. */
const COMMAND = /^\/[a-z0-9_]{1,64}(?:@(\w{3,32}))?(?=\s|$)/i;

/** A command that a message begins with. */
export interface BotCommand {
  /** The bot that it names, without the @; a command may name none. */
  readonly botName: string | undefined;
}

/** The command that a message begins with, or null. */
export function botCommandOf({ text, caption }: Message): BotCommand | null {
  const match = COMMAND.exec(text ?? caption ?? '');
  return match && { botName: match[1] };
}
