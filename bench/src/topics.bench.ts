import { askChild } from './support/child.js';
import { report } from './support/report.js';
import { showSpread, spreadOf } from './support/statistics.js';
import {
  LIMIT,
  OPENERS,
  THREADS,
  type OpenerName,
  type TopicsOutcome,
} from './topics/topics.task.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 3);

// All they do is wait, so those of a round run side by side, each with a Telegram and a Redis of its own.
const rounds: Array<Array<{ opener: OpenerName; outcome: TopicsOutcome }>> = [];
for (let round = 0; round < ROUNDS; round += 1) {
  rounds.push(
    await Promise.all(
      OPENERS.map(async (opener) => {
        const outcome = await askChild<TopicsOutcome>('topics/topics.child', opener);
        return { opener, outcome };
      }),
    ),
  );
}

function outcomesOf(name: OpenerName): TopicsOutcome[] {
  return rounds.flat().flatMap(({ opener, outcome }) => (opener === name ? [outcome] : []));
}

/** A window stands for a minute. */
function perMinute({ windows }: TopicsOutcome): number {
  return THREADS / windows;
}

const ours = OPENERS.filter((opener) => opener.startsWith('module')).flatMap(outcomesOf);
const slowest = Math.min(...ours.map(perMinute));
const troubles = Math.max(...ours.map(({ refusals, lost }) => refusals + lost));

await report({
  name: 'topics',
  command: 'npm run topics',
  about:
    `${THREADS} customers open a thread at once, in a forum that takes ${LIMIT.messages} messages in ` +
    `${LIMIT.windowMs / 1000} s, which stand for a minute: how many threads a window have their first text in a topic of ` +
    'their own. The plain sender creates a topic, posts a card, pins it and posts the text, with grammY, its ' +
    `throttler and auto-retry. ${ROUNDS} rounds: median (least to most).`,
  columns: ['opened by', 'threads a minute', '429s', 'lost'],
  rows: OPENERS.map((opener) => {
    const of = (pick: (outcome: TopicsOutcome) => number, digits = 0): string =>
      showSpread(spreadOf(outcomesOf(opener).map(pick)), digits);
    return [opener, of(perMinute, 1), of(({ refusals }) => refusals), of(({ lost }) => lost)];
  }),
  bars: [
    {
      claim: 'threads a minute, slowest run of the module',
      bar: 'at least 10',
      measured: slowest,
      isMet: slowest >= 10,
    },
    {
      claim: '429s or lost in any run of the module',
      bar: '0',
      measured: troubles,
      isMet: troubles === 0,
    },
  ],
});
