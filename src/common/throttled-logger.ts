import type { ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from './safe-logger.js';

/** The same is said again after so long at the earliest. */
const INTERVAL_MS = 60_000;

/** More causes than any outage has; who gets there may be told twice. */
const MOST_CAUSES = 100;

/** What differs between two lines of one cause: numbers, ids, digests. */
const PARTICULARS = /[0-9a-f]{8,}(?:-[0-9a-f]{4,})*|\d+/gi;

/** The module's log for what may come up again and again: one line for each cause and minute. */
export class ThrottledLogger {
  readonly #logger: SafeLogger;
  /** When a cause was logged, by a clock that nobody sets. */
  readonly #loggedAtMs = new Map<string, number>();

  constructor(context: string, errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(context, errors);
  }

  debug(message: string): void {
    if (this.#isNew(message)) this.#logger.debug(message);
  }

  warn(message: string): void {
    if (this.#isNew(message)) this.#logger.warn(message);
  }

  /** What was thrown, in words that a message may hold. */
  describe(thrown: unknown): string {
    return this.#logger.describe(thrown);
  }

  #isNew(message: string): boolean {
    const cause = message.replaceAll(PARTICULARS, '#');
    const nowMs = performance.now();
    const atMs = this.#loggedAtMs.get(cause);
    if (atMs !== undefined && nowMs - atMs < INTERVAL_MS) return false;
    if (this.#loggedAtMs.size >= MOST_CAUSES) this.#loggedAtMs.clear();
    this.#loggedAtMs.set(cause, nowMs);
    return true;
  }
}
