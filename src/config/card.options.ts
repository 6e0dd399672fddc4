import { IsBoolean, IsOptional } from 'class-validator';
import { IsWholeNumber } from './option-checks.js';
import { MAX_MS } from './option.constants.js';

/**
 * What the card of a thread has, its first notice.
 *
 * @publicApi
 */
export class CardOptions {
  /**
   * Whether the card has the buttons of the module, such as Claim and Close, beside those of the app's commands.
   *
   * @default true
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  buttons?: boolean | undefined;

  /**
   * How long a method with `@DescribeThread()` may take, in milliseconds.
   *
   * @default 3_000
   */
  @IsOptional()
  @IsWholeNumber('milliseconds', MAX_MS)
  describeTimeoutMs?: number | undefined;
}
