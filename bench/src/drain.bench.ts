import { askChild } from './support/child.js';
import { report, type Bar } from './support/report.js';
import { showSpread, spreadOf } from './support/statistics.js';
import { LIMIT, MESSAGES, MINIMUM_MS, THREADS } from './drain/drain.task.js';
import type { DrainOutcome, SenderName } from './drain/drain.task.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 3);

const SENDERS: readonly SenderName[] = [
  'module, Redis',
  'module, Redis, topics',
  'module, in memory',
  'module, Redis, no two messages fit together',
  'grammY + auto-retry',
  'grammY + throttler',
  'grammY + throttler + auto-retry',
  'BullMQ limiter',
];

// All they do is wait, so the senders of a round run side by side, each with a Telegram and a Redis of its own.
const rounds: Array<Array<{ sender: SenderName; outcome: DrainOutcome }>> = [];
for (let round = 0; round < ROUNDS; round += 1) {
  rounds.push(
    await Promise.all(
      SENDERS.map(async (sender) => {
        const outcome = await askChild<DrainOutcome>('drain/drain.child', sender);
        return { sender, outcome };
      }),
    ),
  );
}

function outcomesOf(name: SenderName): DrainOutcome[] {
  return rounds.flat().flatMap(({ sender, outcome }) => (sender === name ? [outcome] : []));
}

function rowOf(sender: SenderName): string[] {
  const of = (pick: (outcome: DrainOutcome) => number, digits = 0): string =>
    showSpread(spreadOf(outcomesOf(sender).map(pick)), digits);
  return [
    sender,
    of(({ durationMs }) => durationMs / 1000, 1),
    of(({ durationMs }) => durationMs / MINIMUM_MS, 3),
    of(({ sends }) => sends),
    of(({ refusals }) => refusals),
    of(({ lost }) => lost),
    of(({ twice }) => twice),
    of(({ outOfOrder }) => outOfOrder),
  ];
}

function shareBar(claim: string, sender: SenderName, most: number): Bar {
  const shares = outcomesOf(sender).map(({ durationMs }) => durationMs / MINIMUM_MS);
  const { median: measured } = spreadOf(shares);
  return { claim, bar: `at most ${most}`, measured, isMet: measured <= most };
}

const ours = SENDERS.filter((sender) => sender.startsWith('module'));
const worst = Math.max(
  ...ours.flatMap((sender) =>
    outcomesOf(sender).map(
      ({ refusals, lost, twice, outOfOrder }) => refusals + lost + twice + outOfOrder,
    ),
  ),
);

await report({
  name: 'drain',
  command: 'npm run drain',
  about:
    `${MESSAGES} messages of ${THREADS} threads at once to a group that takes ${LIMIT.messages} in ` +
    `${LIMIT.windowMs / 1000} s. The minimum, ${MINIMUM_MS / 1000} s, is when the last one can be in ` +
    `Telegram if each is sent by itself. ${ROUNDS} rounds: median (least to most).`,
  columns: [
    'sender',
    'seconds',
    'of the minimum',
    'sends',
    '429s',
    'lost',
    'twice',
    'out of order',
  ],
  rows: SENDERS.map(rowOf),
  bars: [
    shareBar('time over the minimum, posted together', 'module, Redis', 0.35),
    shareBar('time over the minimum, into topics', 'module, Redis, topics', 0.1),
    shareBar(
      'time over the minimum, each by itself',
      'module, Redis, no two messages fit together',
      1.05,
    ),
    {
      claim: '429s, lost, twice or out of order in any run of the module',
      bar: '0',
      measured: worst,
      isMet: worst === 0,
    },
  ],
});
