import type { ChatMemberUpdated, Message, MessageReactionUpdated, Update } from '@grammyjs/types';
import type { Agent } from './agent.js';
import type { AnsweredMessage } from './answered-message.js';
import type { ButtonPress } from './button-press.js';

/** A type of update, as `allowed_updates` of the Bot API names it. */
export type UpdateType = Exclude<keyof Update, 'update_id'>;

/** An update that was checked once, at the entry, with what every handler asks of it. */
export interface IncomingUpdate {
  /** Telegram's `update_id`, the same when the update is delivered again. */
  readonly id: number;
  readonly type: UpdateType;
  /** The whole update. Of the fields below everything that the desk reads is checked, of other types nothing. */
  readonly raw: Update;
  /** The message that was written or edited; null when the type carries none. */
  readonly message: Message | null;
  /** Who wrote {@link message}; null when no person said anything with it. */
  readonly agent: Agent | null;
  /** What {@link message} replies to. */
  readonly answered: AnsweredMessage;
  /** How the reactions of somebody to a message have changed; null when the type carries no such change. */
  readonly reaction: MessageReactionUpdated | null;
  /** The button that somebody has pressed; null when the type carries none. */
  readonly press: ButtonPress | null;
  /** How the membership of the bot in a chat has changed; null when the type carries no such change. */
  readonly membership: ChatMemberUpdated | null;
}
