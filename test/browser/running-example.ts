import { vi } from 'vitest';
import { freePort } from '../support/redis-server.js';
import { RunningProgram } from '../support/run.js';

const BOOT_MS = 60_000;

/** What the browser writes to the console while the process of a page is away. */
export const WHILE_AWAY = /Failed to load resource: net::ERR_/;

/** `npm start`, as a process of its own that keeps its port. */
export class RunningExample {
  readonly url: string;
  #program: RunningProgram | undefined;

  private constructor(
    readonly port: number,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    this.url = `http://localhost:${port}/`;
  }

  /** Resolves when it says which page to open. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<RunningExample> {
    const example = new RunningExample(await freePort(), env);
    await example.restart();
    return example;
  }

  get output(): string {
    return this.#program?.output ?? '';
  }

  /** Starts it again after {@link kill}. */
  async restart(): Promise<void> {
    const env = { ...this.env, PORT: String(this.port) };
    const program = new RunningProgram(['examples/support-desk/start.mjs'], env);
    this.#program = program;
    await vi.waitUntil(() => program.output.includes(`Open ${this.url}`), BOOT_MS);
  }

  /** Ends it without a word, as a crash does. */
  async kill(): Promise<void> {
    await this.#program?.stop('SIGKILL');
  }
}
