import { IngestRun } from './ingest/ingest.run.js';
import type { LoadOutcome, ServerName } from './ingest/ingest.task.js';
import { updateText } from './ingest/update.text.js';
import { ADAPTERS, type AdapterName } from './support/desk.app.js';
import { report, type Bar } from './support/report.js';
import { quartilesOf, showSpread, type Spread } from './support/statistics.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 20);
const WARM_UP = { durationMs: 1_500, requests: Number.MAX_SAFE_INTEGER };
/** Short, so that what else the machine does meets all alike. */
const SLICE = { durationMs: 500, requests: Number.MAX_SAFE_INTEGER };
const SERVERS: readonly ServerName[] = [
  'bare Nest',
  'module, not for the desk',
  'module, replies, in memory',
  'module, replies, Redis',
  'Nest + BullMQ add',
  'Nest + BullMQ add and worker',
  'grammY',
];
const CONTENDERS = ADAPTERS.flatMap((adapter) => [
  ...SERVERS.map((server) => ({ adapter, server })),
  // It has no adapter for Fastify.
  ...(adapter === 'express' ? [{ adapter, server: 'nestjs-telegraf' as const }] : []),
]);

interface Run {
  readonly round: number;
  readonly adapter: AdapterName;
  readonly server: ServerName;
  readonly load: LoadOutcome;
  readonly cpuMsPerThousand: number;
}

const runs: Run[] = [];
for (const adapter of ADAPTERS) {
  const servers = CONTENDERS.filter((contender) => contender.adapter === adapter);
  const live: IngestRun[] = [];
  for (const { server } of servers) live.push(await IngestRun.start(server, adapter));
  for (const run of live) {
    await run.send(WARM_UP);
    await run.quiet();
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const run of live) {
      const before = await run.usage();
      const load = await run.send(SLICE);
      await run.quiet();
      const cpuMs = (await run.usage()).cpuMs - before.cpuMs;
      const cpuMsPerThousand = (cpuMs / load.requests) * 1000;
      runs.push({ round, adapter, server: run.server, load, cpuMsPerThousand });
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

function perSecond({ load: { requests, seconds } }: Run): number {
  return requests / seconds;
}

/** Of each round, because the machine may be faster in one than in another. */
function ratio(
  adapter: AdapterName,
  server: ServerName,
  to: ServerName,
  pick: (run: Run) => number = perSecond,
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
    of(perSecond, 0),
    showSpread(ratio(adapter, server, 'bare Nest')),
    showSpread(ratio(adapter, server, 'bare Nest', cpuOf)),
    of(({ load }) => load.p50Ms, 2),
    of(({ load }) => load.p99Ms, 2),
    of(cpuOf, 0),
  ];
}

function bar(adapter: AdapterName, server: ServerName, to: ServerName, least: number): Bar {
  const { median: measured } = ratio(adapter, server, to);
  const claim = `${adapter}: ${server}, of ${to}`;
  return { claim, bar: `at least ${least}`, measured, isMet: measured >= least };
}

report({
  name: 'ingest',
  command: 'npm run ingest',
  about:
    `Updates of ${Buffer.byteLength(updateText(0, true))} bytes over 50 kept connections, one under way on ` +
    `each; server, load and Redis in processes of their own. ${ROUNDS} rounds of half a second for each ` +
    "server in turn: median (first to third quartile); ratios are those of each round. The server's own " +
    'processor time holds what it does behind its answers.',
  columns: [
    'adapter',
    'server',
    'requests/s',
    'of bare Nest',
    'CPU of bare Nest',
    'p50 ms',
    'p99 ms',
    'CPU ms per 1,000',
  ],
  rows: CONTENDERS.map(rowOf),
  bars: [
    ...ADAPTERS.map((adapter) => bar(adapter, 'module, not for the desk', 'bare Nest', 0.85)),
    ...ADAPTERS.map((adapter) => bar(adapter, 'module, replies, Redis', 'Nest + BullMQ add', 1)),
    bar('fastify', 'module, not for the desk', 'grammY', 1),
    bar('fastify', 'module, replies, in memory', 'grammY', 1),
    bar('express', 'module, not for the desk', 'nestjs-telegraf', 0.95),
    bar('express', 'module, replies, in memory', 'nestjs-telegraf', 0.95),
  ],
  runs,
});
