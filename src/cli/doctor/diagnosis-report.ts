import type { Diagnosis, DiagnosisCheck } from '../../monitoring/diagnosis.interface.js';
import type { Style, TextOutput } from '../terminal/text-output.js';
import type { Versions } from './versions.js';

type Status = DiagnosisCheck['status'];

const MARKS: Readonly<Record<Status, readonly [mark: string, style: Style]>> = {
  ok: ['✓', 'green'],
  warning: ['!', 'yellow'],
  failed: ['✗', 'red'],
  skipped: ['–', 'gray'],
};

/** What no check of this process can know. */
const NOT_CHECKED = [
  'options that your app sets in code, and not by its environment: they are not known here',
  'the path of the webhook in your app, its guards, pipes and throttlers',
  "your app's own commands and handlers",
];

/** Writes a diagnosis for people. */
export class DiagnosisReport {
  constructor(private readonly output: TextOutput) {}

  write({ checks }: Diagnosis, versions: Versions): void {
    this.output.paragraph(lineOfVersions(versions));
    this.output.paragraph();
    for (const check of checks) this.writeCheck(check);
    this.output.paragraph();
    this.output.paragraph(summaryOf(checks));
    this.output.paragraph();
    this.output.paragraph('Never checked here:');
    for (const each of NOT_CHECKED) this.output.paragraph(each, '- ');
  }

  writeCheck({ id, status, finding, why, remedy }: DiagnosisCheck): void {
    const [mark, style] = MARKS[status];
    this.output.paragraph(`${id}: ${finding}`, `${mark} `, style);
    if (why !== undefined) this.output.paragraph(why, '  Why: ');
    if (remedy !== undefined) this.output.paragraph(remedy, '  Do:  ', 'bold');
  }
}

function lineOfVersions({ package: own, node, nest, os, ioredis, bullmq }: Versions): string {
  const redis = [ioredis && `ioredis ${ioredis}`, bullmq && `BullMQ ${bullmq}`].filter(Boolean);
  return [`nestjs-telegram-support ${own}`, `Node ${node}`, `NestJS ${nest}`, ...redis, os].join(
    ', ',
  );
}

function summaryOf(checks: readonly DiagnosisCheck[]): string {
  const count = (wanted: Status): number => checks.filter(({ status }) => status === wanted).length;
  const [failed, warnings] = [count('failed'), count('warning')];
  const counts = `${count('ok')} in order, ${count('skipped')} not checked`;
  if (failed + warnings === 0) return `All is well: ${counts}.`;
  const warned = `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  return failed === 0 ? `${warned}, ${counts}.` : `${failed} failed, ${warned}, ${counts}.`;
}
