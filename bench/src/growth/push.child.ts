import { performance } from 'node:perf_hooks';
import { answerParent } from '../support/child.js';
import { RedisServer } from '../support/redis.server.js';
import { quantile } from '../support/statistics.js';
import { Lanes } from './lane.queue.js';
import type { PushCosts, Size } from './growth.task.js';

const WARM_UP = 3_000;
/** How often a push is measured at each size in turn, and how many pushes that takes. */
const PROBES = 15;
const PROBE = 500;

/** Lanes in which something waits, with a Redis of their own. */
interface Waiting {
  readonly redis: RedisServer;
  readonly lanes: Lanes;
  readonly size: Size;
  readonly bytesPerItem: number;
  readonly newLane: number[];
  readonly busyLane: number[];
}

/** Probes all sizes in turn, so that what else the machine does meets all alike. */
answerParent(async ({ sizes }: { readonly sizes: readonly Size[] }): Promise<PushCosts[]> => {
  const all: Waiting[] = [];
  for (const size of sizes) all.push(await fill(size));
  for (let i = 0; i < PROBES; i += 1) {
    for (const { lanes, size, newLane, busyLane } of all) {
      newLane.push(await timed(() => lanes.push(PROBE, PROBE, 2_000_000 + i * PROBE)));
      busyLane.push(await timed(() => lanes.push(PROBE, size.lanes)));
    }
  }
  for (const { lanes, redis } of all) {
    await lanes.stop();
    await redis.stop();
  }
  return all.map(({ bytesPerItem, newLane, busyLane }) => ({
    bytesPerItem,
    pushNewLane: quantile(newLane, 0.5),
    pushBusyLane: quantile(busyLane, 0.5),
  }));
});

async function fill(size: Size): Promise<Waiting> {
  const redis = await RedisServer.start();
  const lanes = new Lanes(redis.url, 1);
  // So that a queue's first keys are not counted as its items'.
  await lanes.push(WARM_UP, 1, 1_000_000);
  const before = await lanes.memory();
  await lanes.push(size.items, size.lanes);
  const bytesPerItem = ((await lanes.memory()) - before) / size.items;
  return { redis, lanes, size, bytesPerItem, newLane: [], busyLane: [] };
}

/** Microseconds a push. */
async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return ((performance.now() - startedAt) * 1000) / PROBE;
}
