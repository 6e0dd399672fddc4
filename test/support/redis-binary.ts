import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The path of `redis-server`, which is installed where that is possible without asking. */
export async function findRedisServer(): Promise<string> {
  return (await onPath('redis-server')) ?? (await installed());
}

async function installed(): Promise<string> {
  const apt = await onPath('apt-get');
  if (!apt || process.getuid?.() !== 0) {
    throw new Error(
      'The tests need Redis: set REDIS_URL, or put redis-server on the PATH (Debian: apt-get install redis-server)',
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(apt, ['update', '-qq'], { env });
  await run(apt, ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], { env });
  const path = await onPath('redis-server');
  if (!path) throw new Error('apt-get installed redis-server, but it is not on the PATH');
  return path;
}

async function onPath(program: string): Promise<string | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    if (await isExecutable(path)) return path;
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
