import {
  LIMIT,
  MESSAGES,
  MINIMUM_MS,
  PHOTO_BYTES,
  THREADS,
  type MediaOutcome,
  type MediaSenderName,
} from './media/media.task.js';
import { askChild } from './support/child.js';
import { report } from './support/report.js';
import { showSpread, spreadOf } from './support/statistics.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const MIB = 2 ** 20;

const SENDERS: readonly MediaSenderName[] = [
  'module, Redis, bytes',
  'module, Redis, paths',
  'module, in memory, bytes',
  'grammY + auto-retry',
  'grammY + throttler + auto-retry',
];

const runs: Array<{ sender: MediaSenderName; outcome: MediaOutcome }> = [];
for (let round = 0; round < ROUNDS; round += 1) {
  for (const sender of SENDERS) {
    runs.push({ sender, outcome: await askChild<MediaOutcome>('media/media.child', sender) });
  }
}

function outcomesOf(name: MediaSenderName): MediaOutcome[] {
  return runs.flatMap(({ sender, outcome }) => (sender === name ? [outcome] : []));
}

function rowOf(sender: MediaSenderName): string[] {
  const of = (pick: (outcome: MediaOutcome) => number, digits = 0): string =>
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
    of(({ peakBytes }) => peakBytes / MIB),
    of(({ keptBytes }) => keptBytes / MIB, 1),
  ];
}

const ours = runs.filter(({ sender }) => sender.startsWith('module'));
const wrong = Math.max(
  ...ours.map(
    ({ outcome: { refusals, lost, twice, outOfOrder } }) => refusals + lost + twice + outOfOrder,
  ),
);
const slowest = Math.max(...ours.map(({ outcome }) => outcome.durationMs / MINIMUM_MS));

await report({
  name: 'media',
  command: 'npm run media',
  about:
    `${MESSAGES} messages with a photo of ${PHOTO_BYTES / 1000} kB each, of ${THREADS} threads, to a group that ` +
    `takes ${LIMIT.messages} in ${LIMIT.windowMs / 1000} s. The minimum, ${MINIMUM_MS / 1000} s, is when the last ` +
    'photo can be in Telegram: an album counts each of its photos. Memory is that of the process that sends: by ' +
    'how much its resident set grew at most, and what of heap and buffers is kept after a garbage collection. ' +
    `${ROUNDS} rounds: median (least to most).`,
  columns: [
    'sender',
    'seconds',
    'of the minimum',
    'sends',
    '429s',
    'lost',
    'twice',
    'out of order',
    'peak, MiB',
    'kept, MiB',
  ],
  rows: SENDERS.map(rowOf),
  bars: [
    {
      claim: 'time over the minimum, slowest run of the module',
      bar: 'at most 1.15',
      measured: slowest,
      isMet: slowest <= 1.15,
    },
    {
      claim: '429s, lost, twice or out of order in any run of the module',
      bar: '0',
      measured: wrong,
      isMet: wrong === 0,
    },
  ],
});
