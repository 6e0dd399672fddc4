import { DeskDrain, type DeskCosts } from './growth/desk.drain.js';
import { KNOWN_THREADS } from './growth/known.threads.js';
import { mappingSizes } from './growth/mapping.size.js';
import { SIZES, type PushCosts, type Size, type TurnCosts } from './growth/growth.task.js';
import { askChild } from './support/child.js';
import { report, type Bar } from './support/report.js';
import { showSpread, spreadOf } from './support/statistics.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 3);

type Costs = PushCosts & TurnCosts & DeskCosts;

interface Run {
  readonly size: Size;
  readonly costs: Costs;
}

const runs: Run[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const pushes = await askChild<PushCosts[]>('growth/push.child', { sizes: SIZES });
  for (const [i, size] of SIZES.entries()) {
    const push = pushes[i];
    if (!push) throw new Error('A size is missing');
    const turns = await askChild<TurnCosts>('growth/keys.child', size);
    runs.push({ size, costs: { ...push, ...turns, ...(await DeskDrain.measure(size)) } });
  }
}
const { mapping, lastNotice } = await mappingSizes();

const A_DESK: Size = { jobs: 1_000, keys: 500 };
const known: Array<{ few: number; many: number }> = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const { deskMessage: few } = await DeskDrain.measure(A_DESK, KNOWN_THREADS.few);
  const { deskMessage: many } = await DeskDrain.measure(A_DESK, KNOWN_THREADS.many);
  known.push({ few, many });
}

function costsOf(wanted: Size, pick: (costs: Costs) => number): number[] {
  return runs.filter(({ size }) => size === wanted).map(({ costs }) => pick(costs));
}

function rowOf(size: Size): string[] {
  const of = (pick: (costs: Costs) => number): string =>
    showSpread(spreadOf(costsOf(size, pick)), 0);
  return [
    `${size.jobs.toLocaleString('en')} in ${size.keys.toLocaleString('en')} keys`,
    of(({ enqueueNewKey }) => enqueueNewKey),
    of(({ enqueueWaitingKey }) => enqueueWaitingKey),
    of(({ drainJob }) => drainJob),
    of(({ drainKey }) => drainKey),
    of(({ deskItem }) => deskItem),
    of(({ deskMessage }) => deskMessage),
    of(({ bytesPerJob }) => bytesPerJob),
  ];
}

/** The most that it costs at any size, over what it costs at the smallest. */
function growthBar(claim: string, pick: (costs: Costs) => number): Bar {
  const medians = SIZES.map((size) => spreadOf(costsOf(size, pick)).median);
  const [smallest = Number.NaN] = medians;
  const measured = Math.max(...medians) / smallest;
  return {
    claim: `${claim}, most over smallest size`,
    bar: 'at most 1.3',
    measured,
    isMet: measured <= 1.3,
  };
}

/** What a message costs a desk that knows many threads, over one that knows few. */
function knownBar(): Bar {
  const { median: measured } = spreadOf(known.map(({ few, many }) => many / few));
  const { few, many } = KNOWN_THREADS;
  return {
    claim: `desk, a message, with ${many.toLocaleString('en')} known threads over ${few}`,
    bar: 'at most 1.3',
    measured,
    isMet: measured <= 1.3,
  };
}

await report({
  name: 'growth',
  command: 'npm run growth',
  about:
    'Microseconds for one more job, and for one that is handed out, by how much waits. The keys alone, ' +
    'with a handler that does nothing, and a whole desk that posts to a Telegram without limits. ' +
    `${ROUNDS} rounds: median (least to most). A mapping takes ${Math.round(mapping)} bytes in Redis, ` +
    `a thread's newest notice ${Math.round(lastNotice)}; the bytes of a job hold its id, which is known for 24 h.`,
  columns: [
    'waiting',
    'push, new key',
    'push, key that waits',
    'turn of a key, one job',
    'turn of a key, all its jobs',
    'desk, a job',
    'desk, a message',
    'bytes of a job',
  ],
  rows: SIZES.map(rowOf),
  bars: [
    knownBar(),
    growthBar('push into a new key', ({ enqueueNewKey }) => enqueueNewKey),
    growthBar('push into a key that waits', ({ enqueueWaitingKey }) => enqueueWaitingKey),
    growthBar('turn of a key, one job', ({ drainJob }) => drainJob),
    growthBar('desk, a message', ({ deskMessage }) => deskMessage),
  ],
});
