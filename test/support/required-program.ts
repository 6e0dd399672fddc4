import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program that tests run, and that no npm package brings. */
export interface RequiredProgram {
  /** The names it goes by on the PATH, the usual one first. */
  readonly commands: readonly string[];
  /** An environment variable that holds its path, before all others. */
  readonly pathVariable?: string;
  /** The Debian packages that bring it. */
  readonly packages: readonly string[];
  /** What to do where it cannot be installed without asking. */
  readonly advice: string;
}

/** The path of the program, which is installed where that is possible without asking. */
export async function findProgram(program: RequiredProgram): Promise<string> {
  const present = await pathOf(program);
  if (present) return present;
  await installMissing([program]);
  const path = await pathOf(program);
  if (path) return path;
  throw new Error(
    `apt-get installed ${program.packages.join(', ')}, but ${program.commands[0]} is not on the PATH`,
  );
}

/** Installs those that are not there, in one run of apt-get, since a second one at a time would be refused. */
export async function installMissing(programs: readonly RequiredProgram[]): Promise<void> {
  const found = await Promise.all(programs.map(pathOf));
  const missing = programs.filter((_, index) => !found[index]);
  if (missing.length === 0) return;
  const apt = await onPath('apt-get');
  if (!apt || process.getuid?.() !== 0) {
    throw new Error(missing.map(({ advice }) => advice).join('\n'));
  }
  await installPackages(
    apt,
    missing.flatMap(({ packages }) => packages),
  );
}

async function installPackages(apt: string, packages: readonly string[]): Promise<void> {
  process.stdout.write(`Installing for the tests, once: ${packages.join(', ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(apt, ['update', '-qq'], { env });
  await run(apt, ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
}

async function pathOf({ pathVariable, commands }: RequiredProgram): Promise<string | null> {
  const given = pathVariable && process.env[pathVariable];
  if (given) return given;
  for (const command of commands) {
    const path = await onPath(command);
    if (path) return path;
  }
  return null;
}

async function onPath(command: string): Promise<string | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, command);
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
