import { Injectable } from '@nestjs/common';
import { lineOfProblem } from '../common/problem.js';
import { SafeLogger } from '../common/safe-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import type { CheckOutcome, DiagnosticCheck } from './diagnostic-check.interface.js';

/** Checks whose warnings are advice: a desk may be meant to be so, and works as the docs say. */
const ADVICE: ReadonlySet<string> = new Set(['administrator', 'privacy-mode', 'redis-persistence']);

/**
 * The boot log of a bot: one line for each problem of its setup, in the words of `diagnose()`. What several desks find,
 * or one finds again when its check is repeated, is logged once.
 */
@Injectable()
export class SetupLog {
  readonly #logger: SafeLogger;
  readonly #lines = new Set<string>();

  constructor(errors: ErrorDescriber) {
    this.#logger = new SafeLogger(SetupLog.name, errors);
  }

  /**
   * Logs what a check has found: `failed` as an error, `warning` as a warning, or as a plain line when it is advice.
   *
   * @param where What the finding is about, unless it is the bot or this machine.
   */
  report({ id }: Pick<DiagnosticCheck, 'id'>, outcome: CheckOutcome, where?: string): void {
    const { status, finding } = outcome;
    if (status !== 'failed' && status !== 'warning') return;
    const line = lineOfProblem({
      ...outcome,
      finding: where === undefined ? finding : `${where}: ${finding}`,
    });
    if (status === 'failed') this.once('error', line);
    else this.once(ADVICE.has(id) ? 'log' : 'warn', line);
  }

  /** Logs a line, unless it was logged before. */
  once(level: 'error' | 'warn' | 'log', line: string): void {
    if (this.#lines.has(line)) return;
    this.#lines.add(line);
    this.#logger[level](line);
  }

  /** Describes an error in words that a line may contain. */
  describe(thrown: unknown): string {
    return this.#logger.describe(thrown);
  }
}
