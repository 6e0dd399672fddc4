import type { ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from './safe-logger.js';

/** The least time between two lines of one cause. */
const INTERVAL_MS = 60_000;

/** More causes than any outage has. Beyond it, a line may be repeated early. */
const MOST_CAUSES = 100;

/** The parts in which lines of one cause differ: numbers, ids, digests. */
const PARTICULARS = /[0-9a-f]{8,}(?:-[0-9a-f]{4,})*|\d+/gi;

/** When a cause was logged, by the monotonic clock, and how many of its lines were left out since. */
interface LoggedCause {
  readonly atMs: number;
  omitted: number;
}

/** The module's log for errors that may repeat: one line for each cause and minute. */
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

  /** Describes an error in words that a message may contain. */
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
