import type { Problem } from './problem.interface.js';

/** A problem as one line of the log. */
export function lineOfProblem({
  finding,
  remedy,
  why,
}: Partial<Problem> & Pick<Problem, 'finding'>): string {
  return [finding, remedy, why].filter((sentence) => sentence !== undefined).join('. ');
}
