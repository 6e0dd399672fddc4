import {
  HANDLER_MS,
  IDEAL_MS,
  REPLIES_PER_THREAD,
  THREADS,
  type DeskName,
  type DeskOutcome,
} from './desk/desk.task.js';
import { askChild } from './support/child.js';
import { report } from './support/report.js';
import { showSpread, spreadOf } from './support/statistics.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const DESKS: readonly DeskName[] = ['module, Redis', 'module, in memory', 'grammY'];
/** The others hardly vary and take 40 s each. */
const ROUND: readonly DeskName[] = [
  'module, Redis',
  'module, in memory',
  'module, Redis',
  'grammY',
  'module, Redis',
];

const runs: Array<{ desk: DeskName; outcome: DeskOutcome }> = [];
for (let round = 0; round < ROUNDS; round += 1) {
  for (const desk of ROUND) {
    runs.push({ desk, outcome: await askChild<DeskOutcome>('desk/desk.child', desk) });
  }
}

function outcomesOf(name: DeskName): DeskOutcome[] {
  return runs.filter(({ desk }) => desk === name).map(({ outcome }) => outcome);
}

function rowOf(desk: DeskName): string[] {
  const of = (pick: (outcome: DeskOutcome) => number, digits = 0): string =>
    showSpread(spreadOf(outcomesOf(desk).map(pick)), digits);
  return [
    desk,
    of(({ durationMs }) => durationMs / 1000, 1),
    of(({ durationMs }) => durationMs / IDEAL_MS, 2),
    of(({ handled }) => handled),
    of(({ wrong }) => wrong),
  ];
}

const withRedis = outcomesOf('module, Redis');
const { median: measured } = spreadOf(withRedis.map(({ durationMs }) => durationMs / IDEAL_MS));
const wrong = Math.max(...withRedis.map((outcome) => outcome.wrong));

await report({
  name: 'desk',
  command: 'npm run desk',
  about:
    `${THREADS * REPLIES_PER_THREAD} replies of agents over ${THREADS} threads, all written at once; ` +
    `the app takes ${HANDLER_MS} ms for each. The ideal, ${IDEAL_MS / 1000} s, is all threads side by ` +
    'side and in order within each. Telegram sends the next update of a chat only when the one before ' +
    `was answered. ${ROUNDS} rounds: median (least to most).`,
  columns: ['app', 'seconds', 'of the ideal', 'handled', 'out of order or twice'],
  rows: DESKS.map(rowOf),
  bars: [
    { claim: 'time over the ideal, Redis', bar: 'at most 1.25', measured, isMet: measured <= 1.25 },
    { claim: 'out of order or twice, Redis', bar: '0', measured: wrong, isMet: wrong === 0 },
  ],
});
