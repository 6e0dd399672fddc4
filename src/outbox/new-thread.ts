import { IsOptional, IsString, IsUrl, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { Customer } from './customer.js';
import { IsThreadId } from './is-thread-id.decorator.js';

/** Longer links are cut off by browsers and servers alike. */
const LONGEST_URL = 2_048;

/**
 * A thread that a customer has opened.
 *
 * @publicApi
 */
export class NewThread {
  /** Names the thread in the app: 1 to 256 characters. */
  @IsThreadId()
  threadId!: string;

  /** The customer's first message, of any length but empty. Plain text: it is escaped. */
  @IsString()
  @MinLength(1)
  text!: string;

  /** What it is about. Shown up to 256 characters. */
  @IsOptional()
  @IsString()
  subject?: string;

  @IsOptional()
  @ValidateNested()
  customer?: Customer;

  /** Where the agents find the thread in the app: an http or https URL. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  @MaxLength(LONGEST_URL)
  url?: string;

  /** The app's id of the message. The same id is accepted once in 24 hours, so that a retry is safe. */
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(256)
  messageId?: string;
}
