import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';

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

/** Prints a benchmark as Markdown and keeps it in `results/<name>.json`. */
export function report(result: BenchmarkResult): void {
  const { name, about, columns, rows, bars } = result;
  const lines = [`## ${name}`, about, tableOf(columns, rows)];
  if (bars.length > 0) lines.push(tableOf(['bar', 'wanted', 'measured', ''], bars.map(barRow)));
  process.stdout.write(`${lines.join('\n\n')}\n\n`);
  const folder = new URL('../../results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const kept = {
    ...result,
    date: new Date().toISOString(),
    machine: machine(),
    versions: versions(),
  };
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(kept, null, 2)}\n`);
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
