import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildDrillProgram } from '../drills/drill.program.js';
import { packPackages, type PackedPackages } from './packages.js';
import { RedisServer } from './redis-server.js';
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
 * Gives the specs of all projects a fresh build of the package, packed as well, and a real Redis: the one of
 * REDIS_URL, or one that runs as long as they do. The projects are set up one after the other, and the first
 * does it.
 */
export async function setup({ vitest }: TestProject): Promise<() => Promise<void>> {
  const root = vitest.getRootProject();
  if (root.getProvidedContext().redisUrl) return () => Promise.resolve();
  await run('npm', ['run', '--silent', 'build']);
  const folder = await mkdtemp(join(tmpdir(), 'packed-'));
  const [packed] = await Promise.all([packPackages(folder), buildDrillProgram()]);
  root.provide('packed', packed);
  const given = process.env['REDIS_URL'];
  const server = given ? null : await RedisServer.start();
  root.provide('redisUrl', given ?? server?.url ?? '');
  return async () => {
    await server?.stop();
    await rm(folder, { recursive: true });
  };
}
