import { IsInstance, IsOptional, ValidateIf } from 'class-validator';
import { isBlank } from '../notices/sanitize-text.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { Customer } from './customer.js';
import { IsIdentifier } from './is-identifier.decorator.js';
import { IsMessageRef } from './is-message-ref.decorator.js';
import type { OutgoingAttachment } from './outgoing-attachment.interface.js';
import { IsShownText } from './is-shown-text.decorator.js';

/**
 * A message of a customer in a thread.
 *
 * @publicApi
 */
export class UserMessage {
  /**
   * The app's id of the thread: 1 to 256 characters. A reply carries it unchanged, so it is a
   * string: an app with numeric ids passes `String(id)`.
   */
  @IsIdentifier()
  threadId!: string;

  /**
   * The customer's message, of any length. Plain text: it is escaped. It may be left out, or be blank, when there are
   * `attachments`.
   */
  @ValidateIf(needsText)
  @IsShownText()
  text?: string | undefined;

  /**
   * Files of the message, at most 100, in this order. They are posted below the text; photos and videos that follow
   * each other as one album, and so are documents and audio files.
   *
   * @default none
   */
  attachments?: readonly OutgoingAttachment[] | undefined;

  @IsOptional()
  @IsInstance(Customer, { message: '$property must be an object' })
  customer?: Customer | undefined;

  /** The app's id of the message, 1 to 256 characters. The same id is accepted once in 24 hours or more, so that a retry is safe. */
  @IsOptional()
  @IsIdentifier()
  messageId?: string | undefined;

  /**
   * The agent's reply in the thread that the message answers, by its `ThreadReply.message`: the notice is a reply to it
   * in Telegram. Where it is not known as a message of the thread (`mappingTtlSeconds`, 7 days by default), is gone or
   * stands in another chat, the notice comes without it.
   */
  @IsOptional()
  @IsMessageRef()
  replyTo?: MessageRef | undefined;
}

/** Files stand for a text that is missing or blank. Any other text is checked. */
function needsText({ text, attachments }: UserMessage): boolean {
  const isMissing = text === undefined || (typeof text === 'string' && isBlank(text));
  return !isMissing || !Array.isArray(attachments) || attachments.length === 0;
}
