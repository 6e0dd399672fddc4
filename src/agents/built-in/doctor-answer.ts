import type { Diagnosis, DiagnosisCheck } from '../../monitoring/diagnosis.interface.js';
import { html, joinHtml, type Html } from '../../notices/html.js';
import type { Texts } from '../../texts/texts.js';
import { fittingList } from './fitting-list.js';

const MARKS = { failed: '❌', warning: '⚠️' } as const;

/** What an agent reads of a diagnosis: what has failed, then the warnings, as many as a message holds, below how many there are. */
export function doctorAnswer({ checks }: Diagnosis, texts: Texts): Html {
  const of = (status: DiagnosisCheck['status']) =>
    checks.filter((check) => check.status === status);
  const [failed, warnings, fine] = [of('failed'), of('warning'), of('ok').length];
  const problems = [
    ...failed.map((check) => problemOf(MARKS.failed, check)),
    ...warnings.map((check) => problemOf(MARKS.warning, check)),
  ];
  if (problems.length === 0) return texts.html('doctorFine', { fine });
  const title = texts.html('doctorTitle', {
    failed: failed.length,
    warnings: warnings.length,
    fine,
    skipped: of('skipped').length,
  });
  return fittingList(title, problems, (count) => html`\n${texts.html('doctorMore', { count })}`);
}

function problemOf(mark: string, { id, finding, why, remedy }: DiagnosisCheck): Html {
  const lines = [
    html`\n${mark} <code>${id}</code> · ${finding}`,
    ...(why === undefined ? [] : [html`<i>${why}</i>`]),
    ...(remedy === undefined ? [] : [html`➡️ ${remedy}`]),
  ];
  return joinHtml(lines, '\n');
}
