import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../src/common/seeded-random.js';
import { createEmulatorServices } from '../../src/emulator.factory.js';
import { createMethods } from '../../src/methods/method-catalog.js';
import { VirtualClock } from '../../src/time/virtual-clock.js';

const readme = read('../../README.md');

describe('The README', () => {
  it.each(['grammy.spec.ts', 'fetch.spec.ts', 'topics.spec.ts'])(
    'shows %s, which runs, as it stands',
    (file) => {
      expect(readme).toContain(read(file));
    },
  );

  it('names every method that the emulator knows', () => {
    const { world, floods } = createEmulatorServices({}, new VirtualClock());
    const context = { world, floods, random: new SeededRandom(1), requireHttps: false };
    const names = createMethods(context).map(({ name }) => name);
    expect(names).toHaveLength(64);
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}
