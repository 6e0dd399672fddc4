import type { ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from './safe-logger.js';

/** The same is said again after so long at the earliest. */
const INTERVAL_MS = 60_000;

/** More causes than any outage has; who gets there may be told twice. */
const MOST_CAUSES = 100;

/** What differs between two lines of one cause: numbers, ids, digests. */
const PARTICULARS = /[0-9a-f]{8,}(?:-[0-9a-f]{4,})*|\d+/gi;

/** When a cause was logged, by a clock that nobody sets, and how many lines of it were left out since. */
interface LoggedCause {
  readonly atMs: number;
  omitted: number;
}

/** The module's log for what may come up again and again: one line for each cause and minute. */
export class ThrottledLogger {
  readonly #logger: SafeLogger;
  readonly #causes = new Map<string, LoggedCause>();

  constructor(context: string, errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(context, errors);
  }

  debug(message: string): void {
    this.#log('debug', message, message);
  }

  warn(message: string): void {
    this.#log('warn', message, message);
  }

  /** @param cause What such lines have in common; the message by default. */
  error(message: string, cause = message): void {
    this.#log('error', message, cause);
  }

  /** What was thrown, in words that a message may hold. */
  describe(thrown: unknown): string {
    return this.#logger.describe(thrown);
  }

  #log(level: 'debug' | 'warn' | 'error', message: string, thing: string): void {
    const cause = `${level}: ${thing.replaceAll(PARTICULARS, '#')}`;
    const atMs = performance.now();
    const last = this.#causes.get(cause);
    if (last && atMs - last.atMs < INTERVAL_MS) {
      last.omitted += 1;
      return;
    }
    if (this.#causes.size >= MOST_CAUSES) this.#causes.clear();
    this.#causes.set(cause, { atMs, omitted: 0 });
    const omitted = last?.omitted ? ` (${last.omitted} more since the last such line)` : '';
    this.#logger[level](message + omitted);
  }
}
