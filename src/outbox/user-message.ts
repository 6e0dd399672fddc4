import { IsOptional, IsString, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { Customer } from './customer.js';
import { IsThreadId } from './is-thread-id.decorator.js';

/**
 * A message of a customer in a thread.
 *
 * @publicApi
 */
export class UserMessage {
  /** Names the thread in the app: 1 to 256 characters. */
  @IsThreadId()
  threadId!: string;

  /** The customer's message, of any length but empty. Plain text: it is escaped. */
  @IsString()
  @MinLength(1)
  text!: string;

  @IsOptional()
  @ValidateNested()
  customer?: Customer | undefined;

  /** The app's id of the message. The same id is accepted once in 24 hours or more, so that a retry is safe. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(256)
  messageId?: string | undefined;
}
