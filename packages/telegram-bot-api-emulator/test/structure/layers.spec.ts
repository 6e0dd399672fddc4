import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));

/** The folders of the source, each of which imports only itself and those before it; `.` is the root. */
const LAYERS = [
  'common',
  'time',
  'text',
  'files',
  'parameters',
  'conformance',
  'delivery',
  'world',
  'floods',
  'http',
  'sending',
  'methods',
  'agents',
  'bots',
  'chats',
  'page',
  '.',
];

/** Last parts of file names that say what kind of file it is. Others are plain names. */
const KINDS = ['constants', 'error', 'factory', 'interface', 'options', 'spec'];

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

describe('The source of the emulator', () => {
  it('has only folders whose place is known', () => {
    expect(new Set(files.map(layerOf))).toEqual(new Set(LAYERS));
  });

  it('imports nothing from a layer above its own, and no other package', () => {
    const wrong = files
      .filter((file) => !file.endsWith('.spec.ts'))
      .flatMap((file) => importsOf(file).filter((target) => !mayImport(file, target)))
      .toSorted();
    expect(wrong).toEqual([]);
  });

  it('names files in kebab-case, with a kind that is known or none', () => {
    const pattern = new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*(\\.(${KINDS.join('|')}))?\\.ts$`);
    expect(files.filter((file) => !pattern.test(file.split(sep).at(-1) ?? ''))).toEqual([]);
  });
});

/** The first folder on the way to a file. */
function layerOf(file: string): string {
  return file.includes(sep) ? (file.split(sep)[0] ?? '') : '.';
}

/** What a file imports: files by their path, packages by name. */
function importsOf(file: string): string[] {
  const code = readFileSync(join(SOURCE, file), 'utf8');
  return Array.from(code.matchAll(/ from '([^']+)'/g), ([, name = '']) =>
    name.startsWith('.') ? relative(SOURCE, join(SOURCE, dirname(file), name)) : name,
  );
}

function mayImport(file: string, target: string): boolean {
  if (!target.endsWith('.js')) {
    return target.startsWith('node:') || ['@grammyjs/types', 'telegram-entities'].includes(target);
  }
  const place = LAYERS.indexOf(layerOf(target));
  return place >= 0 && place <= LAYERS.indexOf(layerOf(file));
}
