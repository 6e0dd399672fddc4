import { answerParent } from '../support/child.js';
import { RedisServer } from '../support/redis.server.js';
import { quantile } from '../support/statistics.js';
import { type BatchSize, Lanes } from './lane.queue.js';
import { repetitionsOf, type TurnCosts, type Size } from './growth.task.js';

const WARM_UP = 3_000;
/** Of what waits, as much as it takes to know what a turn costs. */
const MOST_TURNS = 5_000;

answerParent(async (size: Size): Promise<TurnCosts> => {
  const drainItem = await drainCost(size, 1);
  const drainLane = await drainCost(size, 100);
  return { drainItem, drainLane };
});

/** Microseconds a turn, of the median repetition. */
async function drainCost(size: Size, batchSize: BatchSize): Promise<number> {
  const redis = await RedisServer.start();
  const lanes = new Lanes(redis.url, batchSize);
  await lanes.hold();
  await lanes.push(WARM_UP, WARM_UP);
  await lanes.drain(WARM_UP);
  const costs: number[] = [];
  for (let i = 0; i < repetitionsOf(size); i += 1) {
    await lanes.push(size.items, size.lanes);
    const turns = batchSize === 1 ? size.items : size.lanes;
    // The first turn of each lane, which leaves something behind at every size.
    costs.push(await lanes.drain(Math.min(turns, MOST_TURNS), Math.min(size.lanes, MOST_TURNS)));
  }
  await lanes.stop();
  await redis.stop();
  return quantile(costs, 0.5);
}
