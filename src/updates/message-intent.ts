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

/** The name of a command, as Telegram finds one in a text, and what stands behind it. */
const NAMED = new RegExp(
  String.raw`^${UNSEEN}${SLASH}([a-z0-9_]{1,64})(?:@\w{3,32})?(?=\s|$)\s*`,
  'iu',
);

/** The command by which an agent deletes the reply of theirs that it answers. */
const DELETION = new RegExp(String.raw`^${UNSEEN}${SLASH}del(?:@\w{3,32})?(?=\s|$)`, 'iu');

/** The command by which an agent asks for the last messages of a thread, and how many. */
const HISTORY = new RegExp(
  String.raw`^${UNSEEN}${SLASH}history(?:@\w{3,32})?(?=\s|$)(?:\s+(\d{1,9})(?=\s|$))?`,
  'iu',
);

/** How many messages `/history` shows without a number, and at most. */
const HISTORY_LENGTH = 10;
const MOST_HISTORY = 50;

/**
 * What a message is meant as, by how the text begins that a customer would get of it.
 *
 * - `note`: for agents only. `text` is what follows the sign of a note, and may be empty.
 * - `deletion`: the command `/del`.
 * - `history`: the command `/history`; `limit` is how many messages it asks for.
 * - `command`: anything else that begins with a slash, and never reaches a customer. `name` is that of the command in
 *   small letters, undefined for what cannot be one, such as a path, and `text` what stands behind it.
 * - `answer`: everything else.
 */
export type MessageIntent =
  | { readonly kind: 'note'; readonly text: string; readonly botName?: string | undefined }
  | { readonly kind: 'deletion'; readonly botName?: string | undefined }
  | CommandIntent
  | {
      readonly kind: 'history';
      readonly limit: number;
      readonly botName?: string | undefined;
    }
  | { readonly kind: 'answer' };

/** A command that the desk does not know by itself. */
export interface CommandIntent {
  readonly kind: 'command';
  readonly name: string | undefined;
  readonly text: string;
  readonly botName?: string | undefined;
}

/** What a message is meant as. A `botName` is that of the bot that a command names, without the @. */
export function messageIntent(message: Message): MessageIntent {
  const words = messageText(message)?.text ?? '';
  const note = NOTE.exec(words);
  if (note) return { kind: 'note', text: words.slice(note[0].length), botName: note[1] };
  const command = COMMAND.exec(words);
  if (!command) return { kind: 'answer' };
  const history = HISTORY.exec(words);
  if (history) return { kind: 'history', limit: historyLimit(history[1]), botName: command[1] };
  if (DELETION.test(words)) return { kind: 'deletion', botName: command[1] };
  const named = NAMED.exec(words);
  return {
    kind: 'command',
    name: named?.[1]?.toLowerCase(),
    text: named ? words.slice(named[0].length) : '',
    botName: command[1],
  };
}

function historyLimit(given: string | undefined): number {
  return Math.min(Number(given ?? HISTORY_LENGTH) || HISTORY_LENGTH, MOST_HISTORY);
}
