import { performance } from 'node:perf_hooks';
import { answerParent } from '../support/child.js';
import { quantile } from '../support/statistics.js';
import type { AcceptOutcome, AcceptTask } from './accept.task.js';
import { acceptorOf, type Accept } from './acceptor.js';

/** So that the code is compiled, the connections are open and the threads hold something. */
const WARM_UP = 4_000;

answerParent(async (task: AcceptTask): Promise<AcceptOutcome> => {
  const accept = await acceptorOf(task);
  await takeAll(accept, 0, WARM_UP, 50);
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const latencies = await takeAll(accept, WARM_UP, WARM_UP + task.calls, task.inFlight);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  return {
    perSecond: task.calls / seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    cpuMsPerThousand: (cpu.user + cpu.system) / task.calls,
  };
});

/** Keeps so many calls under way until all are done; how long each took, in milliseconds. */
async function takeAll(
  accept: Accept,
  from: number,
  to: number,
  inFlight: number,
): Promise<number[]> {
  const latencies: number[] = [];
  let next = from;
  const line = async (): Promise<void> => {
    while (next < to) {
      const startedAt = performance.now();
      await accept(next++);
      latencies.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, line));
  return latencies;
}
