import { performance } from 'node:perf_hooks';
import { answerParent } from '../support/child.js';
import { RedisServer } from '../support/redis.server.js';
import { quantile } from '../support/statistics.js';
import { BenchQueue } from './bench-queue.js';
import type { PushCosts, Size } from './growth.task.js';

const WARM_UP = 3_000;
/** How often a push is measured at each size in turn, and how many pushes that takes. */
const PROBES = 15;
const PROBE = 500;

/** BenchQueue in which something waits, with a Redis of their own. */
interface Waiting {
  readonly redis: RedisServer;
  readonly keys: BenchQueue;
  readonly size: Size;
  readonly bytesPerJob: number;
  readonly newKey: number[];
  readonly waitingKey: number[];
}

/** Probes all sizes in turn, so that what else the machine does meets all alike. */
answerParent(async ({ sizes }: { readonly sizes: readonly Size[] }): Promise<PushCosts[]> => {
  const all: Waiting[] = [];
  for (const size of sizes) all.push(await fill(size));
  for (let i = 0; i < PROBES; i += 1) {
    for (const { keys, size, newKey, waitingKey } of all) {
      newKey.push(await timed(() => keys.push(PROBE, PROBE, 2_000_000 + i * PROBE)));
      waitingKey.push(await timed(() => keys.push(PROBE, size.keys)));
    }
  }
  for (const { keys, redis } of all) {
    await keys.stop();
    await redis.stop();
  }
  return all.map(({ bytesPerJob, newKey, waitingKey }) => ({
    bytesPerJob,
    enqueueNewKey: quantile(newKey, 0.5),
    enqueueWaitingKey: quantile(waitingKey, 0.5),
  }));
});

async function fill(size: Size): Promise<Waiting> {
  const redis = await RedisServer.start();
  const keys = new BenchQueue(redis.url, 1);
  // So that a queue's first keys are not counted as its jobs'.
  await keys.push(WARM_UP, 1, 1_000_000);
  const before = await keys.memory();
  await keys.push(size.jobs, size.keys);
  const bytesPerJob = ((await keys.memory()) - before) / size.jobs;
  return { redis, keys, size, bytesPerJob, newKey: [], waitingKey: [] };
}

/** Microseconds a push. */
async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return ((performance.now() - startedAt) * 1000) / PROBE;
}
