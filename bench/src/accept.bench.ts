import { BotApiEmulator } from 'nestjs-telegram-support/testing';
import type { AcceptOutcome, AcceptorName, AcceptTask } from './accept/accept.task.js';
import { askChild } from './support/child.js';
import { RedisServer } from './support/redis.server.js';
import { report, type Bar } from './support/report.js';
import { showSpread, spreadOf, type Spread } from './support/statistics.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 7);
const CALLS = { 1: 5_000, 50: 30_000 };

const REFERENCE: AcceptorName = 'BullMQ add';
const ACCEPTORS: readonly AcceptorName[] = [
  REFERENCE,
  'notifyUserMessage, threads that already wait',
  'notifyUserMessage, a new thread each',
  'notifyUserMessage in memory, a new thread each',
];

interface Run {
  readonly round: number;
  readonly acceptor: AcceptorName;
  readonly inFlight: number;
  readonly outcome: AcceptOutcome;
}

const runs: Run[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  for (const inFlight of [1, 50] as const) {
    for (const acceptor of ACCEPTORS) {
      const outcome = await measure(acceptor, inFlight, CALLS[inFlight]);
      runs.push({ round, acceptor, inFlight, outcome });
    }
  }
}

async function measure(
  acceptor: AcceptorName,
  inFlight: number,
  calls: number,
): Promise<AcceptOutcome> {
  const redis = await RedisServer.start();
  const emulator = await BotApiEmulator.start();
  const chatId = emulator.createSupergroup({ title: 'Support' }).id;
  const { token } = emulator.bot;
  const place = { redisUrl: redis.url, apiRoot: emulator.apiRoot, token, chatId };
  const task: AcceptTask = { acceptor, inFlight, calls, ...place };
  try {
    return await askChild<AcceptOutcome>('accept/accept.child', task);
  } finally {
    await emulator.stop();
    await redis.stop();
  }
}

function find(round: number, acceptor: AcceptorName, inFlight: number): AcceptOutcome {
  const run = runs.find(
    (other) => other.round === round && other.acceptor === acceptor && other.inFlight === inFlight,
  );
  if (!run) throw new Error('A run is missing');
  return run.outcome;
}

/** Of each round, because the machine may be faster in one than in another. */
function ratioTo(acceptor: AcceptorName, inFlight: number): Spread {
  const ratios = Array.from(
    { length: ROUNDS },
    (_, round) =>
      find(round, acceptor, inFlight).perSecond / find(round, REFERENCE, inFlight).perSecond,
  );
  return spreadOf(ratios);
}

function rowOf(acceptor: AcceptorName, inFlight: number): Array<string | number> {
  const outcomes = runs.filter((run) => run.acceptor === acceptor && run.inFlight === inFlight);
  const of = (pick: (outcome: AcceptOutcome) => number, digits: number): string =>
    showSpread(spreadOf(outcomes.map(({ outcome }) => pick(outcome))), digits);
  return [
    acceptor,
    inFlight,
    of(({ perSecond }) => perSecond, 0),
    showSpread(ratioTo(acceptor, inFlight)),
    of(({ p50Ms }) => p50Ms, 2),
    of(({ p99Ms }) => p99Ms, 2),
    of(({ cpuMsPerThousand }) => cpuMsPerThousand, 0),
  ];
}

function ratioBar(acceptor: AcceptorName, least: number): Bar {
  const { median: measured } = ratioTo(acceptor, 50);
  const claim = `${acceptor}, 50 in flight, of BullMQ add`;
  return { claim, bar: `at least ${least}`, measured, isMet: measured >= least };
}

function p99Bar(acceptor: AcceptorName): Bar {
  const own = runs.filter((run) => run.acceptor === acceptor && run.inFlight === 50);
  const { median: measured } = spreadOf(own.map(({ outcome }) => outcome.p99Ms));
  const claim = `${acceptor}, 50 in flight, p99 in ms`;
  return { claim, bar: 'under 10', measured, isMet: measured < 10 };
}

await report({
  name: 'accept',
  command: 'npm run accept',
  about:
    'Notify calls until the receipt is there, beside a bare BullMQ `add` of the same message. Nothing ' +
    `is posted meanwhile: the rate limit is used up. ${ROUNDS} rounds, each run in a process and a Redis of ` +
    'its own: median (least to most); ratios are those of each round.',
  columns: [
    'accepted by',
    'in flight',
    'calls/s',
    'of BullMQ add',
    'p50 ms',
    'p99 ms',
    'CPU ms per 1,000',
  ],
  rows: [1, 50].flatMap((inFlight) => ACCEPTORS.map((acceptor) => rowOf(acceptor, inFlight))),
  bars: [
    ratioBar('notifyUserMessage, threads that already wait', 0.8),
    ratioBar('notifyUserMessage, a new thread each', 0.3),
    p99Bar('notifyUserMessage, threads that already wait'),
    p99Bar('notifyUserMessage, a new thread each'),
  ],
});
