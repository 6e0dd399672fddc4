import type { TestProject } from 'vitest/node';
import { RedisServer } from './redis-server.js';
import { run } from './run.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A Redis that all specs share: each keeps to keys of its own. */
    redisUrl: string;
  }
}

/**
 * Gives the specs a fresh build of the package and a real Redis: the one of REDIS_URL, or one that runs
 * as long as they do.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await run('npm', ['run', '--silent', 'build']);
  const given = process.env['REDIS_URL'];
  const server = given ? null : await RedisServer.start();
  project.provide('redisUrl', given ?? server?.url ?? '');
  return async () => server?.stop();
}
