import { IsWholeNumber } from './option-checks.js';
import { MAX_MESSAGES, MAX_MS } from './option.constants.js';

/**
 * How many messages the admin chat accepts: at most `messages` within any period of `windowMs`.
 *
 * @publicApi
 */
export class RateLimitOptions {
  /** Messages per window. */
  @IsWholeNumber('messages', MAX_MESSAGES)
  messages!: number;

  /** Length of the sliding window in milliseconds. */
  @IsWholeNumber('milliseconds', MAX_MS)
  windowMs!: number;
}
