import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { writeToReadme } from './readme.js';

/** The packages whose versions say what was compared. */
const PACKAGES = [
  '@nestjs/core',
  '@nestjs/platform-express',
  '@nestjs/platform-fastify',
  'bullmq',
  'ioredis',
  'grammy',
  '@grammyjs/auto-retry',
  '@grammyjs/transformer-throttler',
];

/** A value in a table; numbers are shown as they are. */
type Cell = string | number;

/** What was promised, and whether it was kept. */
export interface Bar {
  readonly claim: string;
  readonly measured: number;
  readonly bar: string;
  readonly isMet: boolean;
}

/** What a benchmark found. */
export interface BenchmarkResult {
  readonly name: string;
  readonly command: string;
  /** What was measured, in a sentence or two. */
  readonly about: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<readonly Cell[]>;
  readonly bars: readonly Bar[];
}

/** Prints a benchmark as Markdown, and keeps it in `results/<name>.json` and in its place of the README. */
export async function report(result: BenchmarkResult): Promise<void> {
  const { name, about, columns, rows, bars } = result;
  const kept = {
    ...result,
    date: new Date().toISOString(),
    machine: machine(),
    versions: versions(),
  };
  const paragraphs = [about, tableOf(columns, rows)];
  if (bars.length > 0)
    paragraphs.push(tableOf(['bar', 'wanted', 'measured', ''], bars.map(barRow)));
  paragraphs.push(conditions(kept));
  const text = paragraphs.join('\n\n');
  process.stdout.write(`## ${name}\n\n${text}\n\n`);
  const folder = new URL('../../results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(kept, null, 2)}\n`);
  await writeToReadme(name, text);
}

/** When and where it ran, in a sentence. */
function conditions(kept: { date: string; machine: ReturnType<typeof machine> }): string {
  const { cpu, cores, memoryGiB, loadAverageAtTheEnd } = kept.machine;
  const [load = 0] = loadAverageAtTheEnd;
  return (
    `${kept.date.slice(0, 10)}: ${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${process.versions.node}, ` +
    `load ${load.toFixed(1)} at the end.`
  );
}

function barRow({ claim, bar, measured, isMet }: Bar): Cell[] {
  return [claim, bar, Number(measured.toFixed(3)), isMet ? 'met' : 'missed'];
}

function tableOf(columns: readonly string[], rows: ReadonlyArray<readonly Cell[]>): string {
  const line = (cells: readonly Cell[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

function machine() {
  const processors = cpus();
  return {
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()} ${arch()}`,
    loadAverageAtTheEnd: loadavg(),
  };
}

function versions() {
  const redis = /v=(\S+)/.exec(execFileSync('redis-server', ['--version'], { encoding: 'utf8' }));
  const packages = PACKAGES.map((name) => [name, versionOf(name)] as const);
  return { node: process.version, redis: redis?.[1], ...Object.fromEntries(packages) };
}

/** Read from the file, because not every package exports its own. */
function versionOf(name: string): string | undefined {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const folder of folders) {
    try {
      const manifest: { version: string } = JSON.parse(
        readFileSync(`${folder}/${name}/package.json`, 'utf8'),
      );
      return manifest.version;
    } catch {
      continue;
    }
  }
  return undefined;
}
