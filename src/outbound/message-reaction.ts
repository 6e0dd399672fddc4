import { MaxLength, ValidateIf } from 'class-validator';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { IsIdentifier } from './is-identifier.decorator.js';
import { IsMessageRef } from './is-message-ref.decorator.js';
import { IsShownText } from './is-shown-text.decorator.js';
import { ThreadTarget } from './thread-target.js';

/** The longest emoji of Unicode, families and flags with all their joiners, are shorter. */
const LONGEST_EMOJI = 64;

/** The message that a customer reacts to, by one of the two. */
export class ReactionTarget extends ThreadTarget {
  /** The `messageId` of a message of the thread, or that of its result. Not looked at when there is a `reply`. */
  @ValidateIf(
    ({ reply, messageId }: ReactionTarget) => reply === undefined || messageId !== undefined,
  )
  @IsIdentifier()
  messageId?: string | undefined;

  /** An agent's reply in the thread, by its `ThreadReply.message`. */
  @ValidateIf(({ reply }: ReactionTarget) => reply !== undefined)
  @IsMessageRef()
  reply?: MessageRef | undefined;
}

/**
 * How a customer reacts to a message.
 *
 * @publicApi
 */
export class MessageReaction extends ReactionTarget {
  /** Any emoji; null takes the reaction away. */
  @IsShownText()
  @MaxLength(LONGEST_EMOJI)
  emoji!: string | null;
}
