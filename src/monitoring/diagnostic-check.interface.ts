import type { Problem } from '../common/problem.js';
import type { DeskFacts } from './desk-facts.js';
import type { DiagnosisCheck } from './diagnosis.interface.js';

/** What a check has found. */
export interface CheckOutcome extends Problem {
  readonly status: DiagnosisCheck['status'];
  /** Whether it could not be found out, because Telegram or Redis does not answer. */
  readonly isUnknown?: boolean;
}

/** Looks at one thing that messages depend on. Changes nothing. */
export interface DiagnosticCheck {
  /** Stable, in kebab case. */
  readonly id: string;
  /** The ids of the checks without which this one makes no sense. */
  readonly needs: readonly string[];

  /** @throws When it could not be found out, for example because Telegram does not answer. */
  run(facts: DeskFacts): Promise<CheckOutcome> | CheckOutcome;
}
