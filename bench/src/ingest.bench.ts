import { IngestRun } from './ingest/ingest.run.js';
import type { LoadOutcome, ServerName } from './ingest/ingest.task.js';
import { updateText } from './ingest/update.text.js';
import { ADAPTERS, type AdapterName } from './support/desk.app.js';
import { report, type Bar } from './support/report.js';
import { showSpread, spreadOf, type Spread } from './support/statistics.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 5);
const WARM_UP = { durationMs: 1_500, requests: Number.MAX_SAFE_INTEGER };
const MEASURED = { durationMs: 3_000, requests: Number.MAX_SAFE_INTEGER };

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
for (let round = 0; round < ROUNDS; round += 1) {
  for (const { adapter, server } of CONTENDERS) {
    const run = await IngestRun.start(server, adapter);
    await run.send(WARM_UP);
    const before = await run.usage();
    const load = await run.send(MEASURED);
    const cpuMs = (await run.usage()).cpuMs - before.cpuMs;
    await run.stop();
    runs.push({ round, adapter, server, load, cpuMsPerThousand: (cpuMs / load.requests) * 1000 });
  }
}

function runsOf(adapter: AdapterName, server: ServerName): Run[] {
  return runs.filter((run) => run.adapter === adapter && run.server === server);
}

function perSecond({ load: { requests, seconds } }: Run): number {
  return requests / seconds;
}

/** Of each round, because the machine may be faster in one than in another. */
function ratio(adapter: AdapterName, server: ServerName, to: ServerName): Spread {
  const others = runsOf(adapter, to);
  return spreadOf(
    runsOf(adapter, server).flatMap((run) => {
      const other = others.find(({ round }) => round === run.round);
      return other ? [perSecond(run) / perSecond(other)] : [];
    }),
  );
}

function rowOf({ adapter, server }: (typeof CONTENDERS)[number]): string[] {
  const of = (pick: (run: Run) => number, digits: number): string =>
    showSpread(spreadOf(runsOf(adapter, server).map(pick)), digits);
  return [
    adapter,
    server,
    of(perSecond, 0),
    showSpread(ratio(adapter, server, 'bare Nest')),
    of(({ load }) => load.p50Ms, 2),
    of(({ load }) => load.p99Ms, 2),
    of(({ cpuMsPerThousand }) => cpuMsPerThousand, 0),
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
    `each; server, load and Redis in processes of their own. ${ROUNDS} rounds: median (least to most); ` +
    'ratios are those of each round.',
  columns: [
    'adapter',
    'server',
    'requests/s',
    'of bare Nest',
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
