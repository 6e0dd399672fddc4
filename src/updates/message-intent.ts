import type { Message } from '@grammyjs/types';

/** A note begins with two slashes, or with this command. */
const NOTE = /^\s*(?:\/\/|\/note(?:@(\w{3,32}))?(?=\s|$))\s*/i;

/** Any text that begins with a slash: a command, a mistyped one, or a path. */
const COMMAND = /^\s*\/(?:[a-z0-9_]{1,64}@(\w{3,32})(?=\s|$))?/i;

/**
 * What a message is meant as, by how its text or caption begins.
 *
 * - `note`: for agents only. `text` is what follows the sign of a note, and may be empty.
 * - `command`: it begins with a slash, and never reaches a customer.
 * - `answer`: everything else.
 */
export type MessageIntent =
  | { readonly kind: 'note'; readonly text: string; readonly botName?: string | undefined }
  | { readonly kind: 'command'; readonly botName?: string | undefined }
  | { readonly kind: 'answer' };

/** What a message is meant as. A `botName` is that of the bot that a command names, without the @. */
export function messageIntent({ text, caption }: Message): MessageIntent {
  const words = text ?? caption ?? '';
  const note = NOTE.exec(words);
  if (note) return { kind: 'note', text: words.slice(note[0].length), botName: note[1] };
  const command = COMMAND.exec(words);
  return command ? { kind: 'command', botName: command[1] } : { kind: 'answer' };
}
