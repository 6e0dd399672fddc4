import { TelegramError } from './telegram.error.js';

/** One option that cannot be used. */
export interface OptionProblem {
  /** The option's path, such as `rateLimit.messages`. */
  readonly option: string;
  /** The environment variable that the value came from, if any. */
  readonly variable?: string;
  /** The value that was given; a long one, or one that may be a secret, is described instead. */
  readonly got: string;
  /** What would be accepted. */
  readonly wants: string;
}

/**
 * The module was configured with invalid options. Thrown once, at boot, with all problems.
 *
 * @publicApi
 */
export class TelegramConfigError extends TelegramError {
  readonly code = 'TELEGRAM_CONFIG';

  /** @param module The module that has the options. */
  constructor(
    readonly problems: readonly OptionProblem[],
    module = 'TelegramModule',
  ) {
    const lines = problems.map(({ option, variable, got, wants }) => {
      const name = variable === undefined ? option : `${option}, from ${variable}`;
      return `  - ${name}: got ${got}; ${wants}`;
    });
    super(`${module} cannot start with these options:\n${lines.join('\n')}`);
  }
}
