import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectFolder } from '../support/run.js';
import { manifestOf, type Manifest } from './installed.app.js';

/** A row of `scripts/compat/rows.json`. */
interface Row {
  readonly id: string;
  readonly node: number;
  readonly nest: number;
  readonly scaffold: string;
  readonly manager: string;
  readonly typescript: string;
  readonly resolution: string;
  readonly ioredis?: number;
  readonly bullmq?: number;
}

const VERSION = String.raw`\d+\.\d+\.\d+`;

describe('The table of docs/compatibility.md', () => {
  let rows: Row[];
  let lines: string[][];
  let table: string;
  let manifest: Manifest;

  beforeAll(async () => {
    manifest = await manifestOf(projectFolder);
    rows = JSON.parse(await readFile(join(projectFolder, 'scripts/compat/rows.json'), 'utf8'));
    const page = await readFile(join(projectFolder, 'docs/compatibility.md'), 'utf8');
    table = /<!-- compat:start -->(.*)<!-- compat:end -->/s.exec(page)?.[1] ?? '';
    lines = table
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
  });

  it('is what the script has written of its rows, all of which have passed', () => {
    const major = (version: number | string): RegExp =>
      new RegExp(`^${String(version).replace('.', String.raw`\.`)}\\.[\\d.]+$`);
    expect(lines.map(([id]) => id)).toEqual(rows.map(({ id }) => `\`${id}\``));
    for (const [index, row] of rows.entries()) {
      const redis = row.ioredis
        ? new RegExp(`^${row.ioredis}\\.\\d+\\.\\d+, ${row.bullmq}\\.\\d+\\.\\d+$`)
        : /^in memory$/;
      expect(lines[index]).toEqual([
        `\`${row.id}\``,
        expect.stringMatching(major(row.node)),
        expect.stringMatching(major(row.nest)),
        row.scaffold,
        expect.stringMatching(new RegExp(`^${row.manager} ${VERSION}$`)),
        expect.stringMatching(major(row.typescript)),
        `\`${row.resolution}\``,
        expect.stringMatching(redis),
        expect.stringMatching(/^passed in \d+ s$/),
      ]);
    }
    expect(table).toMatch(
      /(?:All rows of one run,|Rows of several runs, the last one) on 20\d\d-\d\d-\d\d, on \w+ \w+ with \d+ cores and \d+ GB\./,
    );
  });

  it('has each version that the package claims, at least once', () => {
    const seen = (name: keyof Row): ReadonlySet<unknown> => new Set(rows.map((row) => row[name]));
    expect(seen('node')).toEqual(new Set([20, 22, 24]));
    expect(seen('nest')).toEqual(new Set([11, 12]));
    expect(seen('manager')).toEqual(new Set(['npm', 'pnpm']));
    expect(seen('typescript')).toEqual(new Set(['5.9', '6']));
    expect(seen('resolution')).toEqual(new Set(['bundler', 'node', 'node16', 'nodenext']));
    const majors = (name: string): number[] =>
      [...(manifest.peerDependencies?.[name] ?? '').matchAll(/\^(\d+)/g)].map(([, at]) =>
        Number(at),
      );
    for (const name of ['ioredis', 'bullmq'] as const) {
      expect([...seen(name)]).toEqual(expect.arrayContaining(majors(name)));
    }
    for (const nest of [11, 12]) {
      const scaffolds = rows.filter((row) => row.nest === nest).map(({ scaffold }) => scaffold);
      const own =
        nest === 11
          ? ['CommonJS, ts-jest', 'webpack monorepo']
          : ['ESM, Vitest', 'rspack monorepo'];
      expect(new Set(scaffolds)).toEqual(new Set([...own, 'SWC']));
    }
  });
});
