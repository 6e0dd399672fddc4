import { IsIn, IsOptional, IsString } from 'class-validator';
import { ThreadTarget } from './thread-target.js';

/** From the worst to the best. */
const RATINGS: readonly number[] = [1, 2, 3, 4, 5];

/**
 * How a customer rates a conversation.
 *
 * @publicApi
 */
export class ThreadRating extends ThreadTarget {
  /** Stars: a whole number from 1 to 5. */
  @IsIn(RATINGS, { message: '$property must be a whole number from 1 to 5' })
  rating!: number;

  /** What the customer says about it, of any length. Plain text: it is escaped. A blank one counts as left out. */
  @IsOptional()
  @IsString()
  comment?: string | undefined;
}
