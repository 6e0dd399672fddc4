import type { Diagnosis, DiagnosisCheck } from '../../src/index.js';

/** The status of each check, by its id. */
export function statusesOf({ checks }: Diagnosis): Record<string, DiagnosisCheck['status']> {
  return Object.fromEntries(checks.map(({ id, status }) => [id, status]));
}

/** The ids of the checks that have a status. */
export function idsWith({ checks }: Diagnosis, wanted: DiagnosisCheck['status']): string[] {
  return checks.filter(({ status }) => status === wanted).map(({ id }) => id);
}

/** What is not ok: the ids, with what was found. */
export function problemsIn({ checks }: Diagnosis): string[] {
  return checks
    .filter(({ status }) => status === 'failed' || status === 'warning')
    .map(({ id, status, finding }) => `${status} ${id}: ${finding}`);
}

/** One check of a diagnosis. */
export function checkOf({ checks }: Diagnosis, wanted: string): DiagnosisCheck {
  const found = checks.find(({ id }) => id === wanted);
  if (!found) throw new Error(`There is no check ${wanted}`);
  return found;
}
