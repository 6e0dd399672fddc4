import type { InlineKeyboardMarkup, Message } from '@grammyjs/types';
import type { FloodGate } from '../floods/flood-gate.js';
import { BotApiError } from '../common/bot-api.error.js';
import type { MethodCall } from '../http/bot-api-method.js';
import { checkCallbackData, checkKeyboard } from '../parameters/keyboard-reader.js';
import { TextError } from '../text/text.error.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import type { LocatedMessage } from './message-locator.js';
import { checkEntitySize, type FinishedMessage } from './text-content.js';

/** How a message is to be changed. */
export interface MessageChange {
  /** The fields that are replaced by those of `finish`. */
  readonly replaces: ReadonlyArray<keyof Message>;
  /** Makes the new fields. A {@link TextError} says what is wrong with them. */
  readonly finish: () => FinishedMessage;
  /** Undefined takes the keyboard away, as Telegram does when a call does not mention it. */
  readonly keyboard: InlineKeyboardMarkup | undefined;
}

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** Changes what a bot has sent. */
export class MessageEditor {
  readonly #world: EmulatedWorld;
  readonly #floods: FloodGate;

  constructor(world: EmulatedWorld, floods: FloodGate) {
    this.#world = world;
    this.#floods = floods;
  }

  /**
   * Puts the changed message in the place of the old one; bots learn nothing of their own edits.
   *
   * @throws {@link BotApiError}
   */
  edit({ bot }: MethodCall, located: LocatedMessage, change: MessageChange): Message {
    const { room, message, store = room.history } = located;
    const { keyboard } = change;
    if (keyboard) checkKeyboard(keyboard);
    const { content, formatted } = finish(change);
    if (keyboard) checkCallbackData(keyboard);
    checkEntitySize(formatted);
    const edited = replaceFields(message, change, content);
    if (fingerprint(edited) === fingerprint(message)) throw BotApiError.of(400, NOT_MODIFIED);
    this.#floods.spend(bot, room, { kind: 'edit', count: 1 });
    const dated = { ...edited, edit_date: this.#world.seconds };
    store.replace(dated);
    return dated;
  }
}

function finish(change: MessageChange): FinishedMessage {
  try {
    return change.finish();
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiError.of(400, error.message);
  }
}

function replaceFields(
  message: Message,
  { replaces, keyboard }: MessageChange,
  content: Partial<Message>,
): Message {
  const kept: Message = { ...message };
  for (const field of replaces) delete kept[field];
  delete kept.reply_markup;
  // Whether the keyboard opens a reply is settled when it is sent.
  const { force_reply: _forced, ...edited } = keyboard ?? { inline_keyboard: [] };
  const forced = message.reply_markup?.force_reply ? { force_reply: true } : {};
  return { ...kept, ...content, ...(keyboard && { reply_markup: { ...edited, ...forced } }) };
}

/** What of a message counts as its content: everything but when it was changed last. */
function fingerprint({ edit_date: _edited, ...content }: Message): string {
  return JSON.stringify(
    Object.entries(content).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}
