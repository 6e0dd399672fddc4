import { type DownloadTask, type MemoryUse, type SenderName } from './links/links.task.js';
import { Child } from './support/child.js';
import type { AdapterName } from './support/desk.app.js';
import { report, type Bar } from './support/report.js';
import { quartilesOf, showSpread, spreadOf } from './support/statistics.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 20);
const MEMORY_ROUNDS = 5;
const MIB = 2 ** 20;
const ONE = 50 * MIB;
const MANY = 20 * MIB;
const AT_A_TIME = 100;
const LEAST_SHARE = 0.9;
const MOST_GROWTH = 50;

const SENDERS: ReadonlyArray<readonly [SenderName, AdapterName | null]> = [
  ['bare pipeline()', null],
  ['module, Express', 'express'],
  ['module, Fastify', 'fastify'],
];

/** A process that sends the file, and what was measured of it. */
interface Sender {
  readonly name: SenderName;
  readonly child: Child;
  readonly url: string;
  readonly seconds: number[];
  /** Of one download. */
  cpuMs: number;
  readonly growths: number[];
}

const telegram = Child.start('links/telegram.child');
const apiRoot = await telegram.ask<string>('start');
const client = Child.start('links/client.child');
const senders: Sender[] = [];
for (const [name, adapter] of SENDERS) {
  const child = Child.start('links/sender.child', ['--expose-gc']);
  const url = await child.ask<string>({ adapter, apiRoot });
  senders.push({ name, child, url, seconds: [], cpuMs: 0, growths: [] });
}

const download = (url: string, downloads: number, bytes: number): Promise<number> =>
  client.ask<number>({ url, downloads, bytes } satisfies DownloadTask);

// The first round is for the compilers.
await telegram.ask({ size: ONE });
for (const { url } of senders) await download(url, 1, ONE);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const sender of senders) {
    const before = await sender.child.ask<number>('cpu');
    sender.seconds.push(await download(sender.url, 1, ONE));
    sender.cpuMs += ((await sender.child.ask<number>('cpu')) - before) / ROUNDS;
  }
}
await telegram.ask({ size: MANY });
for (let round = 0; round < MEMORY_ROUNDS; round += 1) {
  for (const { child, url, growths } of senders) {
    await child.ask('watch');
    await download(url, AT_A_TIME, MANY);
    const { before, most } = await child.ask<MemoryUse>('memory');
    growths.push(most - before);
  }
}
for (const child of [client, telegram, ...senders.map((sender) => sender.child)])
  await child.stop();

const [bare] = senders;

/** Of each round, in which the others had the same machine. */
function sharesOf({ seconds }: Sender): number[] {
  return seconds.map((taken, round) => (bare?.seconds[round] ?? Number.NaN) / taken);
}

function barsOf(sender: Sender): Bar[] {
  const share = quartilesOf(sharesOf(sender)).median;
  const growth = spreadOf(sender.growths).median;
  return [
    {
      claim: `${sender.name}: 50 MiB, of the throughput of a bare pipeline()`,
      bar: `at least ${LEAST_SHARE}`,
      measured: share,
      isMet: share >= LEAST_SHARE,
    },
    {
      claim: `${sender.name}: MiB of memory more with ${AT_A_TIME} at a time`,
      bar: `under ${MOST_GROWTH}`,
      measured: growth,
      isMet: growth < MOST_GROWTH,
    },
  ];
}

await report({
  name: 'links',
  command: 'npm run links',
  about:
    `A file of ${ONE / MIB} MiB by a link, from a Telegram of its own process, beside a handler that only ` +
    `calls \`pipeline()\`; then ${AT_A_TIME} of ${MANY / MIB} MiB at a time, and by how much the memory of the ` +
    `process (RSS) grows, median of ${MEMORY_ROUNDS} (least to most). ${ROUNDS} rounds in turn: median (first to third quartile); ratios are those of each round.`,
  columns: [
    'sent by',
    'MiB/s',
    'of the bare one',
    'CPU ms of one',
    `MiB more with ${AT_A_TIME} at a time`,
  ],
  rows: senders.map((sender) => [
    sender.name,
    showSpread(quartilesOf(sender.seconds.map((taken) => ONE / MIB / taken)), 0),
    showSpread(quartilesOf(sharesOf(sender))),
    sender.cpuMs.toFixed(0),
    showSpread(spreadOf(sender.growths), 0),
  ]),
  bars: senders.slice(1).flatMap(barsOf),
});
