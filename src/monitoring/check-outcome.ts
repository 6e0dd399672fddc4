import type { Problem } from '../common/problem.js';
import type { CheckOutcome } from './diagnostic-check.interface.js';

export function passed(finding: string): CheckOutcome {
  return { status: 'ok', finding };
}

/** The check does not apply, or cannot be made. */
export function skipped(finding: string): CheckOutcome {
  return { status: 'skipped', finding };
}

export function warned(problem: Problem): CheckOutcome {
  return { status: 'warning', ...problem };
}

/** The check could not be made. */
export function unknown(problem: Problem): CheckOutcome {
  return { status: 'failed', isUnknown: true, ...problem };
}

export function failed(problem: Problem): CheckOutcome {
  return { status: 'failed', ...problem };
}
