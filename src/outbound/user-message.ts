import { IsInstance, IsOptional } from 'class-validator';
import { Customer } from './customer.js';
import { IsIdentifier } from './is-identifier.decorator.js';
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

  /** The customer's message, of any length but not blank. Plain text: it is escaped. */
  @IsShownText()
  text!: string;

  @IsOptional()
  @IsInstance(Customer, { message: '$property must be an object' })
  customer?: Customer | undefined;

  /** The app's id of the message, 1 to 256 characters. The same id is accepted once in 24 hours or more, so that a retry is safe. */
  @IsOptional()
  @IsIdentifier()
  messageId?: string | undefined;
}
