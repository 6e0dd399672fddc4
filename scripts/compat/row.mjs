import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment, run } from './command.mjs';
import { converse } from './conversation.mjs';
import { Scaffold } from './scaffold.mjs';

/**
 * Makes an app of a row, and tries all that somebody does with it.
 *
 * @returns Which versions it had, how long that took, and what has failed.
 */
export async function tryRow(row, { nodeFolder, packed, redisUrl, keep }) {
  const env = environment(nodeFolder);
  const root = await mkdtemp(join(tmpdir(), `compat-${row.id}-`));
  const app = new Scaffold(row, root, env, packed);
  const startedAtMs = performance.now();
  let failure;
  try {
    await app.create();
    await app.install();
    await app.write();
    await app.checkTypes();
    await app.build();
    await app.test();
    const { folder, main } = app;
    await converse({ folder, main, env, redisUrl: row.ioredis ? redisUrl : undefined });
  } catch (error) {
    failure = error.message;
    process.stderr.write(`${error.output ?? error.stack}\n`);
  }
  const seconds = Math.round((performance.now() - startedAtMs) / 1000);
  const versions = {
    node: (await run('node', 'node', ['--version'], { cwd: root, env })).trim().slice(1),
    nest: await app.versionOf('@nestjs/core'),
    typescript: await app.versionOf('typescript'),
    ioredis: await app.versionOf('ioredis'),
    bullmq: await app.versionOf('bullmq'),
    manager: await managerVersion(row, { cwd: root, env }),
  };
  if (keep) process.stdout.write(`Kept in ${root}\n`);
  else await rm(root, { recursive: true, force: true });
  return { versions, failure, seconds };
}

async function managerVersion({ manager }, options) {
  const [command, ...args] =
    manager === 'npm' ? ['npm'] : ['npx', '--yes', '--prefer-offline', 'pnpm@12'];
  return (await run('version', command, [...args, '--version'], options)).trim().split('\n').at(-1);
}
