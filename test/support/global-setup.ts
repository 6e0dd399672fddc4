import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject, Vitest } from 'vitest/node';
import { buildDrillProgram } from '../drills/drill.program.js';
import { startChromium } from './chromium.js';
import { packPackages, type PackedPackages } from './packages.js';
import { RedisServer } from './redis-server.js';
import { installMissing } from './required-program.js';
import { CHROMIUM, GIT, REDIS_SERVER } from './required-programs.js';
import { run } from './run.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A Redis that all specs share: each keeps to keys of its own. */
    redisUrl: string;
    /** What a user installs. */
    packed: PackedPackages;
  }
}

/**
 * Gives the specs of all projects a fresh build of the package, packed as well, and of the example, a real Redis (the one of
 * REDIS_URL, or one that runs as long as they do) and, when browser tests are among them, Chromium. The
 * projects are set up one after the other, and the first does it.
 */
export async function setup({ vitest }: TestProject): Promise<() => Promise<void>> {
  const root = vitest.getRootProject();
  if (root.getProvidedContext().redisUrl) return () => Promise.resolve();
  const given = process.env['REDIS_URL'];
  const needsChromium = hasBrowserTests(vitest);
  await Promise.all([
    run('npm', ['run', '--silent', 'build']),
    installMissing([...(given ? [] : [REDIS_SERVER]), GIT, ...(needsChromium ? [CHROMIUM] : [])]),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'packed-'));
  const [packed] = await Promise.all([
    packPackages(folder),
    buildDrillProgram(),
    run('npx', ['vite', 'build', '--logLevel', 'warn', 'examples/support-desk']),
  ]);
  root.provide('packed', packed);
  const server = given ? null : await RedisServer.start();
  root.provide('redisUrl', given ?? server?.url ?? '');
  const chromium = needsChromium ? await startChromium() : null;
  if (chromium) root.provide('browserUrl', chromium.wsEndpoint());
  return async () => {
    await Promise.all([server?.stop(), chromium?.close()]);
    await rm(folder, { recursive: true });
  };
}

function hasBrowserTests({ state }: Vitest): boolean {
  return state.getPaths().some((path) => path.includes('/test/browser/'));
}
