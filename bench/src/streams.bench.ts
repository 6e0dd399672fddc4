import { Child } from './support/child.js';
import { report, type Bar } from './support/report.js';
import { quantile, quartilesOf, showSpread, spreadOf } from './support/statistics.js';
import type { StreamServerName, StreamShape, Wave } from './streams/streams.task.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 10);
const WARM_UP_WAVES = 20;
const WAVES = 50;
const LEAST_SHARE = 0.8;
const KIB = 1024;

const SHAPES: readonly StreamShape[] = [
  { threads: 100, readers: 10 },
  { threads: 1_000, readers: 1 },
];

/** What was measured of a server with streams of a shape, in each round. */
interface Measured {
  readonly name: StreamServerName;
  readonly shape: StreamShape;
  /** Messages that arrived in a second. */
  readonly rates: number[];
  readonly p99s: number[];
  /** The memory of a stream, in KiB. */
  readonly memories: number[];
}

const all: Measured[] = SHAPES.flatMap((shape) =>
  (['bare controller', 'module'] as const).map((name) => ({
    name,
    shape,
    rates: [],
    p99s: [],
    memories: [],
  })),
);

for (let round = 0; round < ROUNDS; round += 1) {
  for (const measured of round % 2 ? all.toReversed() : all) await measure(measured);
}

await report({
  name: 'streams',
  command: 'npm run streams',
  about:
    `1,000 streams on one instance (Nest, Express), then ${WAVES} times a message to each thread: how fast the ` +
    `messages arrive, and after how long 99 of 100 have. Beside it a controller that only calls \`response.write()\` ` +
    `with the same bytes. ${ROUNDS} rounds in turn, each in fresh processes, after ${WARM_UP_WAVES} messages to ` +
    'warm up: median (first to third quartile); ratios are those of each round.',
  columns: [
    'sent by',
    'threads × readers',
    'messages/s',
    'of the bare one',
    'p99 ms',
    'KiB a stream',
  ],
  rows: all.map((measured) => [
    measured.name,
    `${measured.shape.threads} × ${measured.shape.readers}`,
    showSpread(quartilesOf(measured.rates), 0),
    showSpread(quartilesOf(sharesOf(measured))),
    showSpread(quartilesOf(measured.p99s), 1),
    showSpread(spreadOf(measured.memories), 1),
  ]),
  bars: all.filter(({ name }) => name === 'module').map(barOf),
});

async function measure({ name, shape, rates, p99s, memories }: Measured): Promise<void> {
  const server = Child.start('streams/server.child', ['--expose-gc']);
  const client = Child.start('streams/client.child');
  const url = await server.ask<string>({ start: name, threads: shape.threads });
  const before = await server.ask<number>({ memory: true });
  const streams = await client.ask<number>({ open: url, shape });
  memories.push(((await server.ask<number>({ memory: true })) - before) / streams / KIB);
  const waves: Wave[] = [];
  for (let i = 0; i < WARM_UP_WAVES + WAVES; i += 1) {
    const wave = client.ask<Wave>({ wave: true });
    await server.ask({ send: true });
    waves.push(await wave);
  }
  const counted = waves.slice(WARM_UP_WAVES);
  const ms = counted.reduce((sum, wave) => sum + wave.ms, 0);
  rates.push((streams * counted.length * 1000) / ms);
  p99s.push(
    quantile(
      counted.flatMap(({ latenciesMs }) => latenciesMs),
      0.99,
    ),
  );
  await Promise.all([server.stop(), client.stop()]);
}

/** Of each round, in which the other had the same machine. */
function sharesOf({ shape, rates }: Measured): number[] {
  const bare = all.find((each) => each.name === 'bare controller' && each.shape === shape);
  return rates.map((rate, round) => rate / (bare?.rates[round] ?? Number.NaN));
}

function barOf(measured: Measured): Bar {
  const { threads, readers } = measured.shape;
  const share = quartilesOf(sharesOf(measured)).median;
  return {
    claim: `${threads} threads of ${readers} readers: of the delivery of a bare controller`,
    bar: `at least ${LEAST_SHARE}`,
    measured: share,
    isMet: share >= LEAST_SHARE,
  };
}
