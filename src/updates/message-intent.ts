import type { Message } from '@grammyjs/types';
import { messageText } from './message-text.js';

/** What nobody sees: spaces, and characters that hide, join or direct others. People paste them unknowingly. */
const UNSEEN = String.raw`[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*`;

/** Also the full-width one, which keyboards for Chinese and Japanese write. */
const SLASH = '[/／]';

/** A note begins with two slashes, or with this command. */
const NOTE = new RegExp(
  String.raw`^${UNSEEN}(?:${SLASH}{2}|${SLASH}note(?:@(\w{3,32}))?(?=\s|$))${UNSEEN}`,
  'iu',
);

/** Any text that begins with a slash: a command, a mistyped one, or a path. */
const COMMAND = new RegExp(
  String.raw`^${UNSEEN}${SLASH}(?:[a-z0-9_]{1,64}@(\w{3,32})(?=\s|$))?`,
  'iu',
);

/** The command by which an agent deletes the reply of theirs that it answers. */
const DELETION = new RegExp(String.raw`^${UNSEEN}${SLASH}del(?:@\w{3,32})?(?=\s|$)`, 'iu');

/**
 * What a message is meant as, by how the text begins that a customer would get of it.
 *
 * - `note`: for agents only. `text` is what follows the sign of a note, and may be empty.
 * - `deletion`: the command `/del`.
 * - `command`: anything else that begins with a slash, and never reaches a customer.
 * - `answer`: everything else.
 */
export type MessageIntent =
  | { readonly kind: 'note'; readonly text: string; readonly botName?: string | undefined }
  | { readonly kind: 'command' | 'deletion'; readonly botName?: string | undefined }
  | { readonly kind: 'answer' };

/** What a message is meant as. A `botName` is that of the bot that a command names, without the @. */
export function messageIntent(message: Message): MessageIntent {
  const words = messageText(message)?.text ?? '';
  const note = NOTE.exec(words);
  if (note) return { kind: 'note', text: words.slice(note[0].length), botName: note[1] };
  const command = COMMAND.exec(words);
  if (!command) return { kind: 'answer' };
  return { kind: DELETION.test(words) ? 'deletion' : 'command', botName: command[1] };
}
