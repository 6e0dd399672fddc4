import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder, run } from '../support/run.js';

/** Of an app that `nest new` makes. */
const SCRIPTS_OF_NEST = ['build', 'start', 'start:dev', 'test', 'test:e2e'];

/** Where pages of `docs` begin, which readers have an app of their own beside; no folder of the repository. */
const APP = 'app';

/** Commands that npm has, of which a page may use these. */
const BUILT_IN = new Set(['ci', 'install', 'pack']);

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
}

/**
 * What is wrong with lines of a shell: scripts of npm and folders that are not there, and commands and flags that the
 * program of the package does not have.
 *
 * @param page The page that shows them.
 */
export async function shellProblems(code: string, page: string): Promise<string[]> {
  let folder = page.startsWith('docs/') ? APP : '.';
  const problems: string[] = [];
  for (const command of commandsOf(code)) {
    const [program, ...args] = command.split(/\s+/).filter((word) => !/^[A-Z_]+=/.test(word));
    if (program === 'cd') {
      folder = join(folder, args[0] ?? '');
    } else if (program === 'npm') {
      problems.push(...npmProblems(folder, args));
    } else if (program === 'npx' && args[0] === 'nestjs-telegram-support') {
      problems.push(...(await ownProblems(args.slice(1))));
    }
  }
  return problems;
}

function commandsOf(code: string): string[] {
  const lines = code.replaceAll('\\\n', ' ').split('\n');
  return lines.flatMap((line) =>
    line
      .replace(/(?:^|\s)#.*/, '')
      .split('&&')
      .map((command) => command.trim())
      .filter((command) => command !== ''),
  );
}

function npmProblems(folder: string, args: readonly string[]): string[] {
  const prefixed = args[0] === '--prefix' ? args.slice(2) : args;
  const place = args[0] === '--prefix' ? join(folder, args[1] ?? '') : folder;
  const [command = '', script = ''] = prefixed.filter((word) => !word.startsWith('-'));
  const wanted = command === 'run' ? script : command;
  if (BUILT_IN.has(wanted) || scriptsIn(place).includes(wanted)) return [];
  return [`npm has no script ${wanted} in ${place}`];
}

function scriptsIn(folder: string): string[] {
  const manifest = join(projectFolder, folder, 'package.json');
  return existsSync(manifest) ? Object.keys(read(manifest).scripts ?? {}) : SCRIPTS_OF_NEST;
}

/** Of the program of this package, which reads its command and flags before it prints how they are used. */
async function ownProblems(args: readonly string[]): Promise<string[]> {
  try {
    await run(process.execPath, [join(projectFolder, 'dist/cli/main.js'), ...args, '--help']);
    return [];
  } catch (error) {
    return [String(Object(error).message)];
  }
}

function read(file: string): Manifest {
  const manifest: Manifest = JSON.parse(readFileSync(file, 'utf8'));
  return manifest;
}
