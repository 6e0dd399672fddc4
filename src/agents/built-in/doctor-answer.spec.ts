import { expect, it } from 'vitest';
import type { DiagnosisCheck } from '../../monitoring/diagnosis.interface.js';
import { fits } from '../../notices/notice-draft.js';
import { PART_LENGTH } from '../../notices/notice-renderer.js';
import { LANGUAGES } from '../../texts/languages.js';
import { ENGLISH } from '../../texts/english.js';
import { Texts } from '../../texts/texts.js';
import { doctorAnswer } from './doctor-answer.js';

const texts = new Texts(ENGLISH);
const check = (
  id: string,
  status: DiagnosisCheck['status'],
  finding = `what of ${id}`,
): DiagnosisCheck => ({
  id,
  status,
  finding,
  ...(status !== 'ok' && { why: 'why', remedy: 'remedy' }),
});

it('says what has failed, then the warnings, and counts the rest', () => {
  const checks = [
    check('a', 'ok'),
    check('b', 'warning'),
    check('c', 'skipped'),
    check('d', 'failed', 'a <b> & "c"'),
  ];
  expect(String(doctorAnswer({ ok: false, checks }, texts))).toBe(
    [
      '🩺 <b>This desk has problems.</b> Failed: 1, warnings: 1, in order: 1, not checked: 1',
      '\n❌ <code>d</code> · a &lt;b&gt; &amp; &quot;c&quot;\n<i>why</i>\n➡️ remedy',
      '\n⚠️ <code>b</code> · what of b\n<i>why</i>\n➡️ remedy',
    ].join('\n'),
  );
});

it.each(Object.entries(LANGUAGES))('fits in a message in %s', (_, table) => {
  const long = `${'語'.repeat(990)}<&>"`;
  const checks = Array.from({ length: 32 }, (_check, index) => ({
    ...check(`check-${index}`, index < 30 ? ('warning' as const) : ('failed' as const), long),
    why: long,
    remedy: long,
  }));
  const answer = doctorAnswer({ ok: false, checks }, new Texts(table));
  expect(fits(answer, PART_LENGTH)).toBe(true);
  const words = answer.toPlainText();
  expect(words).toContain('check-30');
  expect(words).not.toContain('check-0');
  expect(words.split('\n').at(-1)).toContain('31');
});
