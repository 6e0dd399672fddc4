import type { Logger } from '@nestjs/common';
import { ErrorDescriber } from '../errors/index.js';
import { RedisRefusal } from './redis-refusal.js';

/** Redis counts as back after this time without a refusal. While it refuses, a connection is tried about once a second. */
const QUIET_MS = 3_000;

/** Logs one line for each cause when Redis cannot be used, and one when it can again, however many attempts fail. */
export class RedisOutageLog {
  readonly #logger: Logger;
  readonly #errors: ErrorDescriber;
  readonly #reported = new Set<string>();
  #latest: Error | undefined;
  #quiet: NodeJS.Timeout | undefined;

  constructor(logger: Logger, errors = new ErrorDescriber()) {
    this.#logger = logger;
    this.#errors = errors;
  }

  /** Why Redis cannot be used; undefined when it can, as far as is known. */
  get failure(): Error | undefined {
    return this.#latest;
  }

  /** Redis cannot be reached, or refuses a command. */
  failed(error: Error): void {
    this.#latest = error;
    // Another connection may still be refused, after the first one works again.
    this.#quiet?.refresh();
    const refusal = RedisRefusal.of(error);
    const cause = refusal?.word ?? '';
    if (this.#reported.has(cause)) return;
    this.#reported.add(cause);
    const what = this.#errors.describe(error);
    this.#logger.error(
      refusal
        ? `Redis refuses commands (${what}): ${refusal.remedy}. Reconnecting until it accepts them`
        : `Redis does not answer: ${what}`,
    );
  }

  /** A connection is ready. Whether Redis accepts commands on it shows a moment later. */
  connected(): void {
    if (this.#reported.size === 0) return;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#back(), QUIET_MS).unref();
  }

  /** Logs nothing any more. */
  close(): void {
    clearTimeout(this.#quiet);
  }

  #back(): void {
    this.#quiet = undefined;
    this.#reported.clear();
    this.#latest = undefined;
    this.#logger.log('Redis answers again');
  }
}
