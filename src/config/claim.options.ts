import { IsIn, IsOptional } from 'class-validator';
import { IsWholeNumber } from './option-checks.js';
import { MAX_MS } from './option.constants.js';

/**
 * Whose a thread is, and what happens when another agent answers it.
 *
 * @publicApi
 *
 * @example
 * claims: { policy: 'hold', holdMs: 10_000 }
 */
export class ClaimOptions {
  /**
   * What becomes of a reply to a thread that another agent has: it goes out, and both are told (`warn`); it waits, so that
   * the agent can stop it (`hold`); or the customer does not get it (`refuse`).
   *
   * @default 'warn'
   */
  @IsOptional()
  @IsIn(['warn', 'hold', 'refuse'], { message: 'wants "warn", "hold" or "refuse"' })
  policy?: 'warn' | 'hold' | 'refuse' | undefined;

  /**
   * How long a reply waits with `policy: 'hold'`, in milliseconds. What others write in the thread does not wait.
   *
   * @default 5_000
   */
  @IsOptional()
  @IsWholeNumber('milliseconds', MAX_MS)
  holdMs?: number | undefined;
}
