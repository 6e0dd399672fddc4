import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EMULATOR } from '../support/packages.js';
import { projectFolder, run } from '../support/run.js';
import { manifestOf } from './installed.app.js';

describe('The production entry', () => {
  it('reaches nothing of the emulator, and neither ioredis nor a development dependency', async () => {
    const { dependencies = {}, peerDependencies = {} } = await manifestOf(projectFolder);
    const seen = await importsOf('index.js');
    expect([...seen].filter((file) => file.startsWith('testing/'))).toEqual([]);
    const packages = [...seen].filter((name) => !name.endsWith('.js') && !name.startsWith('node:'));
    const allowed = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies)]);
    expect(packages.filter((name) => !allowed.has(name))).toEqual([]);
    expect(packages).not.toContain('ioredis');
    expect(packages).not.toContain('bullmq');
    expect(packages).not.toContain('@nestjs/terminus');
  });

  it('is not loaded by the entry for tests before an app is connected', async () => {
    const seen = await importsOf('testing/index.js');
    expect([...seen].filter((name) => !/^testing\/|^node:/.test(name)).toSorted()).toEqual([
      'common/clock.js',
      'common/system-clock.js',
      'config/module-overrides.js',
      EMULATOR,
    ]);
  });

  it('is there within 300 ms where a test imports the emulator', async () => {
    // The time of the processor, since other tests run beside this one.
    const load =
      "const at = process.cpuUsage(); await import('nestjs-telegram-support/testing'); const { user, system } = process.cpuUsage(at); console.log((user + system) / 1_000)";
    const times: number[] = [];
    // The best of some.
    for (let time = 0; time < 5; time++) {
      times.push(Number(await run(process.execPath, ['--input-type=module', '-e', load])));
    }
    expect(Math.min(...times)).toBeLessThan(300);
  });
});

/** All that a built file imports when it is loaded: files by their path in dist, packages by name. */
async function importsOf(entry: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const code = await readFile(join(projectFolder, 'dist', entry), 'utf8');
  for (const [, name = ''] of code.matchAll(/^(?:import|export)\b[^;]*?from ['"]([^'"]+)['"];/gm)) {
    if (name.startsWith('.')) await importsOf(join(entry, '..', name), seen);
    else seen.add(name.startsWith('node:') ? name : packageOf(name));
  }
  return seen;
}

function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}
