import { answerParent } from '../support/child.js';
import { RedisServer } from '../support/redis.server.js';
import { quantile } from '../support/statistics.js';
import { type BatchSize, BenchQueue } from './bench-queue.js';
import { repetitionsOf, type TurnCosts, type Size } from './growth.task.js';

const WARM_UP = 3_000;
/** Of what waits, as much as it takes to know what a turn costs. */
const MOST_TURNS = 5_000;

answerParent(async (size: Size): Promise<TurnCosts> => {
  const drainJob = await drainCost(size, 1);
  const drainKey = await drainCost(size, 100);
  return { drainJob, drainKey };
});

/** Microseconds a turn, of the median repetition. */
async function drainCost(size: Size, batchSize: BatchSize): Promise<number> {
  const redis = await RedisServer.start();
  const keys = new BenchQueue(redis.url, batchSize);
  await keys.hold();
  await keys.push(WARM_UP, WARM_UP);
  await keys.drain(WARM_UP);
  const costs: number[] = [];
  for (let i = 0; i < repetitionsOf(size); i += 1) {
    await keys.push(size.jobs, size.keys);
    const turns = batchSize === 1 ? size.jobs : size.keys;
    // The first turn of each key, which leaves something behind at every size.
    costs.push(await keys.drain(Math.min(turns, MOST_TURNS), Math.min(size.keys, MOST_TURNS)));
  }
  await keys.stop();
  await redis.stop();
  return quantile(costs, 0.5);
}
