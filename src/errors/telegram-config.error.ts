import { TelegramError } from './telegram.error.js';

/** One option that cannot be used. */
export interface OptionProblem {
  /** The option's path, such as `rateLimit.messages`. */
  readonly option: string;
  /** The environment variable that the value came from, where it did. */
  readonly variable?: string;
  /** What was given: in full when it is short, in words when it is, or may be, a secret. */
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
    const lines = problems.map(({ option, variable, got, wants }) => {
      const name = variable === undefined ? option : `${option}, from ${variable}`;
      return `  - ${name}: got ${got}; ${wants}`;
    });
    super(`TelegramModule cannot start with these options:\n${lines.join('\n')}`);
  }
}
