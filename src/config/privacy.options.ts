import { IsBoolean, IsOptional } from 'class-validator';
import type { MaskRule } from '../privacy/mask-rule.interface.js';
import { AreMaskRules, IsRevealTo } from './privacy-checks.js';
import { IsWholeNumber } from './option-checks.js';
import { MAX_MS } from './option.constants.js';

/**
 * What agents see of customers, and what Telegram lets them do with it.
 *
 * @publicApi
 */
export class PrivacyOptions {
  /**
   * What is hidden in all that comes of customers, before it is stored, sent or logged: `'cards'` (numbers of payment
   * cards with a valid check digit), `'emails'`, `'phones'`, and patterns of your own, each as a regular expression or with
   * a name and what is shown instead.
   *
   * @example
   * mask: ['cards', 'emails', { name: 'iban', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b/, shown: 'IBAN •••' }]
   *
   * @default none
   */
  @IsOptional()
  @AreMaskRules()
  mask?: readonly MaskRule[] | undefined;

  /**
   * Whether Telegram forbids to forward, copy and save what the desk posts.
   *
   * @default false
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  protectContent?: boolean | undefined;

  /**
   * Who may see what is masked, by `/reveal`: the people of the option `agents`, everyone who may answer, or those with
   * these Telegram user ids. With `false` nobody, and then the originals are not stored.
   *
   * @default 'agents': nobody where the option `agents` is not set, all whom it lets answer where it is a function
   */
  @IsOptional()
  @IsRevealTo()
  revealTo?: 'agents' | 'everyone' | readonly number[] | false | undefined;

  /**
   * How long what is masked can be seen by `/reveal`.
   *
   * @default 86_400_000 (24 hours)
   */
  @IsOptional()
  @IsWholeNumber('milliseconds', MAX_MS)
  revealForMs?: number | undefined;
}
