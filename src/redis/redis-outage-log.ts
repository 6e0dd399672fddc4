import type { Logger } from '@nestjs/common';
import { ErrorDescriber } from '../errors/index.js';
import { RedisRefusal } from './redis-refusal.js';

/** How long nothing may be refused before Redis is said to be back. While it refuses, it is tried about once a second. */
const QUIET_MS = 3_000;

/** One line for each cause when Redis cannot be used, and one when it can, however often it is tried between. */
export class RedisOutageLog {
  readonly #logger: Logger;
  readonly #errors: ErrorDescriber;
  readonly #reported = new Set<string>();
  #quiet: NodeJS.Timeout | undefined;

  constructor(logger: Logger, errors = new ErrorDescriber()) {
    this.#logger = logger;
    this.#errors = errors;
  }

  /** Redis cannot be reached, or refuses a command. */
  failed(error: Error): void {
    // Other connections may still lead to a Redis that refuses, and be mended after the first one.
    this.#quiet?.refresh();
    const refusal = RedisRefusal.of(error);
    const cause = refusal?.word ?? '';
    if (this.#reported.has(cause)) return;
    this.#reported.add(cause);
    const what = this.#errors.describe(error);
    this.#logger.error(
      refusal
        ? `Redis refuses commands (${what}): ${refusal.remedy}. Connecting again until it takes them`
        : `Redis does not answer: ${what}`,
    );
  }

  /** A connection is there. Whether Redis takes commands on it shows a moment later. */
  connected(): void {
    if (this.#reported.size === 0) return;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#back(), QUIET_MS).unref();
  }

  #back(): void {
    this.#quiet = undefined;
    this.#reported.clear();
    this.#logger.log('Redis answers again');
  }
}
