import { DeskDrain, type DeskCosts } from './growth/desk.drain.js';
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
    const turns = await askChild<TurnCosts>('growth/lanes.child', size);
    runs.push({ size, costs: { ...push, ...turns, ...(await DeskDrain.measure(size)) } });
  }
}
const { mapping, lastNotice } = await mappingSizes();

function costsOf(wanted: Size, pick: (costs: Costs) => number): number[] {
  return runs.filter(({ size }) => size === wanted).map(({ costs }) => pick(costs));
}

function rowOf(size: Size): string[] {
  const of = (pick: (costs: Costs) => number): string =>
    showSpread(spreadOf(costsOf(size, pick)), 0);
  return [
    `${size.items.toLocaleString('en')} in ${size.lanes.toLocaleString('en')} lanes`,
    of(({ pushNewLane }) => pushNewLane),
    of(({ pushBusyLane }) => pushBusyLane),
    of(({ drainItem }) => drainItem),
    of(({ drainLane }) => drainLane),
    of(({ deskItem }) => deskItem),
    of(({ deskMessage }) => deskMessage),
    of(({ bytesPerItem }) => bytesPerItem),
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

report({
  name: 'growth',
  command: 'npm run growth',
  about:
    'Microseconds for one more item, and for one that is handed out, by how much waits. The lanes alone, ' +
    'with a handler that does nothing, and a whole desk that posts to a Telegram without limits. ' +
    `${ROUNDS} rounds: median (least to most). A mapping takes ${Math.round(mapping)} bytes in Redis, ` +
    `a thread's newest notice ${Math.round(lastNotice)}; an item's bytes hold its id, which is known for 24 h.`,
  columns: [
    'waiting',
    'push, new lane',
    'push, lane that waits',
    'turn of a lane, one item',
    'turn of a lane, all its items',
    'desk, an item',
    'desk, a message',
    'bytes an item',
  ],
  rows: SIZES.map(rowOf),
  bars: [
    growthBar('push into a new lane', ({ pushNewLane }) => pushNewLane),
    growthBar('push into a lane that waits', ({ pushBusyLane }) => pushBusyLane),
    growthBar('turn of a lane, one item', ({ drainItem }) => drainItem),
    growthBar('desk, a message', ({ deskMessage }) => deskMessage),
  ],
  runs: { rounds: runs, mapping, lastNotice },
});
