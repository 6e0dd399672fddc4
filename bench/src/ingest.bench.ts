import { IngestRun, type Handled } from './ingest/ingest.run.js';
import type { ServerName } from './ingest/ingest.task.js';
import { updateText } from './ingest/update.text.js';
import { ADAPTERS, type AdapterName } from './support/desk.app.js';
import { report, type Bar } from './support/report.js';
import { quartilesOf, showSpread, type Spread } from './support/statistics.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 10);
const WARM_UP = 3_000;
/** Few, so that what else the machine does meets all alike. */
const SLICE = 1_000;
const REFERENCE: ServerName = 'bare Nest, answers only';
const SERVERS: readonly ServerName[] = [
  REFERENCE,
  'module, not for the desk',
  'module, replies, in memory',
  'module, replies, Redis',
  'Nest + BullMQ add and worker',
  'grammY',
];
const CONTENDERS = ADAPTERS.flatMap((adapter) => SERVERS.map((server) => ({ adapter, server })));

interface Run {
  readonly round: number;
  readonly adapter: AdapterName;
  readonly server: ServerName;
  readonly handled: Handled;
  readonly cpuMsPerThousand: number;
}

const runs: Run[] = [];
for (const adapter of ADAPTERS) {
  const live: IngestRun[] = [];
  for (const server of SERVERS) live.push(await IngestRun.start(server, adapter));
  for (const run of live) {
    await run.send(WARM_UP);
    await run.quiet();
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const run of live) {
      const before = await run.usage();
      const handled = await run.send(SLICE);
      await run.quiet();
      const cpuMs = (await run.usage()).cpuMs - before.cpuMs;
      const cpuMsPerThousand = (cpuMs / handled.requests) * 1000;
      runs.push({ round, adapter, server: run.server, handled, cpuMsPerThousand });
    }
  }
  for (const run of live) await run.stop();
}

function runsOf(adapter: AdapterName, server: ServerName): Run[] {
  return runs.filter((run) => run.adapter === adapter && run.server === server);
}

function cpuOf({ cpuMsPerThousand }: Run): number {
  return cpuMsPerThousand;
}

function handledPerSecond({ handled: { requests, handledSeconds } }: Run): number {
  return requests / handledSeconds;
}

function acknowledgedPerSecond({ handled: { requests, acknowledgedSeconds } }: Run): number {
  return requests / acknowledgedSeconds;
}

/** Of each round, because the machine may be faster in one than in another. */
function ratio(
  adapter: AdapterName,
  server: ServerName,
  to: ServerName,
  pick: (run: Run) => number = handledPerSecond,
): Spread {
  const others = runsOf(adapter, to);
  return quartilesOf(
    runsOf(adapter, server).flatMap((run) => {
      const other = others.find(({ round }) => round === run.round);
      return other ? [pick(run) / pick(other)] : [];
    }),
  );
}

function rowOf({ adapter, server }: (typeof CONTENDERS)[number]): string[] {
  const of = (pick: (run: Run) => number, digits: number): string =>
    showSpread(quartilesOf(runsOf(adapter, server).map(pick)), digits);
  return [
    adapter,
    server,
    of(handledPerSecond, 0),
    of(acknowledgedPerSecond, 0),
    showSpread(ratio(adapter, server, REFERENCE)),
    showSpread(ratio(adapter, server, REFERENCE, cpuOf)),
    of(({ handled }) => handled.p50Ms, 2),
    of(({ handled }) => handled.p99Ms, 2),
    of(cpuOf, 0),
  ];
}

function bar(adapter: AdapterName, server: ServerName, to: ServerName, least: number): Bar {
  const { median: measured } = ratio(adapter, server, to);
  const claim = `${adapter}: ${server}, of ${to}`;
  return { claim, bar: `at least ${least}`, measured, isMet: measured >= least };
}

const RIVAL: ServerName = 'Nest + BullMQ add and worker';

await report({
  name: 'ingest',
  command: 'npm run ingest',
  about:
    `Replies of ${Buffer.byteLength(updateText(0, true))} bytes over 50 kept connections, one under way on ` +
    'each, until the handler has been called with all of them, and until the reactions that tell the agents so have arrived; server, ' +
    `load, Telegram and Redis in processes of their own. ${ROUNDS} rounds of ${SLICE} replies for each server in turn: ` +
    'median (first to third quartile); ratios are those of each round.',
  columns: [
    'adapter',
    'server',
    'handled/s',
    'acknowledged/s',
    'of bare Nest',
    'CPU of bare Nest',
    'answer, p50 ms',
    'answer, p99 ms',
    'CPU ms per 1,000',
  ],
  rows: CONTENDERS.map(rowOf),
  bars: [
    ...ADAPTERS.map((adapter) => bar(adapter, 'module, replies, Redis', RIVAL, 1)),
    ...ADAPTERS.map((adapter) => bar(adapter, 'module, replies, in memory', 'grammY', 0.75)),
  ],
});
