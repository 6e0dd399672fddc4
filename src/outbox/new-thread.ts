import { IsOptional, IsString, IsUrl, MaxLength } from 'class-validator';
import { UserMessage } from './user-message.js';

/** Longer links are cut off by browsers and servers alike. */
const LONGEST_URL = 2_048;

/**
 * A thread, which a customer has opened with its first message.
 *
 * @publicApi
 */
export class NewThread extends UserMessage {
  /** What it is about. Shown up to 256 characters. */
  @IsOptional()
  @IsString()
  subject?: string | undefined;

  /** Where the agents find the thread in the app: an http or https URL of at most 2,048 characters. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  @MaxLength(LONGEST_URL)
  url?: string | undefined;
}
