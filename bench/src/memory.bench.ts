import { IngestRun } from './ingest/ingest.run.js';
import type { ServerName } from './ingest/ingest.task.js';
import { report, type Bar } from './support/report.js';

const STEPS = 4;
const STEP = Number(process.env['UPDATES'] ?? 200_000) / STEPS;
/** What a heap may grow by, an update, and still be called flat: a leak keeps hundreds of bytes of each. */
const FLAT_BYTES = 10;

const SERVERS: readonly ServerName[] = [
  'module, not for the desk',
  'module, replies, Redis',
  'module, replies, in memory',
];

const runs: Array<{ server: ServerName; heaps: number[] }> = [];
for (const server of SERVERS) {
  const run = await IngestRun.start(server, 'fastify', ['--expose-gc']);
  const heaps: number[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    await run.send(STEP);
    heaps.push((await run.usage()).heapBytes);
  }
  await run.stop();
  runs.push({ server, heaps });
}

function growthOf({ heaps }: (typeof runs)[number]): number {
  const [first = Number.NaN] = heaps;
  return ((heaps.at(-1) ?? Number.NaN) - first) / (STEP * (STEPS - 1));
}

function flatBar(server: ServerName): Bar {
  const measured = Math.max(...runs.filter((run) => run.server === server).map(growthOf));
  const claim = `${server}, bytes of heap kept of an update`;
  return { claim, bar: `at most ${FLAT_BYTES}`, measured, isMet: measured <= FLAT_BYTES };
}

await report({
  name: 'memory',
  command: 'npm run memory',
  about:
    `MiB of heap after a garbage collection, while ${STEP * STEPS} updates come in, on Fastify. In memory ` +
    'all that Redis would hold stays in the heap for as long, and takes what the last column says.',
  columns: [
    'server',
    ...Array.from({ length: STEPS }, (_, i) => `after ${(i + 1) * STEP}`),
    'bytes an update',
  ],
  rows: runs.map((run) => [
    run.server,
    ...run.heaps.map((bytes) => (bytes / 2 ** 20).toFixed(1)),
    growthOf(run).toFixed(1),
  ]),
  bars: [flatBar('module, not for the desk'), flatBar('module, replies, Redis')],
});
