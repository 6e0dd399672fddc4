import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The folder of the project. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a command to its end and returns what it printed; rejects with it when the command fails. */
export async function run(command: string, args: string[], cwd = projectFolder): Promise<string> {
  return (await runWithWarnings(command, args, cwd)).stdout;
}

/** The same, with what it wrote to the standard error stream. */
export async function runWithWarnings(
  command: string,
  args: string[],
  cwd = projectFolder,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  try {
    return await execute(command, args, { cwd, env: cleanEnvironment() });
  } catch (error) {
    const { stdout = '', stderr = '' } = Object(error);
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** A program that goes on until the test ends it. */
export class RunningProgram {
  output = '';
  readonly #process: ChildProcess;

  constructor(args: string[], env: Record<string, string>, cwd = projectFolder) {
    this.#process = spawn(process.execPath, args, { cwd, env: { ...cleanEnvironment(), ...env } });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Asks it to end, and returns the code with which it does. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.isRunning) {
      const exited = once(this.#process, 'exit');
      this.#process.kill(signal);
      await exited;
    }
    return this.#process.exitCode;
  }
}

/** Without what the test runner, npm or a developer's desk would pass on to a program. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) =>
      !/^(NODE_OPTIONS|NODE_ENV|VITEST|TELEGRAM_|REDIS_URL|PORT$|npm_(?!config))/.test(name),
  );
  return Object.fromEntries(entries);
}
