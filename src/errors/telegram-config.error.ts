import { TelegramError } from './telegram.error.js';

/** One option that cannot be used. */
export interface OptionProblem {
  /** The option's path, such as `budget.messages`. */
  readonly option: string;
  /** What was given; a secret is described, never shown. */
  readonly got: string;
  /** What would be accepted. */
  readonly wants: string;
}

/**
 * The module was configured with options it cannot work with. Thrown at boot, once, with all that
 * is wrong.
 *
 * @publicApi
 */
export class TelegramConfigError extends TelegramError {
  readonly code = 'TELEGRAM_CONFIG';

  constructor(readonly problems: readonly OptionProblem[]) {
    const lines = problems.map(({ option, got, wants }) => `  - ${option}: got ${got}; ${wants}`);
    super(`TelegramModule cannot start with these options:\n${lines.join('\n')}`);
  }
}
