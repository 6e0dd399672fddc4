import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { cleanEnvironment, projectFolder } from '../support/run.js';

const MAIN = join(projectFolder, 'dist/cli/main.js');

/** The machine may be busy with other tests. */
const TIMEOUT_MS = 60_000;

/** The built program of the command line, as a process of its own. */
export class CommandLine {
  stdout = '';
  stderr = '';
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;

  constructor(args: readonly string[], env: NodeJS.ProcessEnv, cwd: string) {
    const options = { cwd, env: { ...cleanEnvironment(), ...env } };
    this.#process = spawn(process.execPath, [MAIN, ...args], options);
    this.#exited = once(this.#process, 'close');
    this.#process.stdout?.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
  }

  /** Everything that it has written, each piece of white space as one space: lines are wrapped. */
  get text(): string {
    return `${this.stdout}${this.stderr}`.replaceAll(/\s+/g, ' ');
  }

  /** Resolves with what matches, when it has been written. */
  async waitFor(pattern: RegExp): Promise<RegExpExecArray> {
    return vi
      .waitUntil(() => pattern.exec(this.text), TIMEOUT_MS)
      .catch(() => {
        throw new Error(`${pattern} was not written:\n${this.stdout}\n${this.stderr}`);
      });
  }

  /** Types a line, as an answer to a question. */
  answer(line = ''): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Resolves with the exit code; null when a signal has ended it. */
  async exit(): Promise<number | null> {
    await this.#exited;
    return this.#process.exitCode;
  }

  /** Ends it, when a test has failed before it has. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }
}

/** Runs it to its end in an empty folder, or in a given one. */
export async function runCommandLine(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd?: string,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const folder = cwd ?? (await mkdtemp(join(tmpdir(), 'cli-')));
  const program = new CommandLine(args, env, folder);
  const code = await program.exit();
  if (cwd === undefined) await rm(folder, { recursive: true });
  const { stdout, stderr } = program;
  return { code, stdout, stderr };
}
