import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findProgram } from './required-program.js';
import { REDIS_SERVER } from './required-programs.js';

/** How a {@link RedisServer} starts. */
export interface RedisServerOptions {
  /** Whether every write is on disk before it is answered, so that a killed server has lost nothing. */
  readonly durable?: boolean;
  /** Further arguments of `redis-server`. */
  readonly args?: readonly string[];
}

/**
 * Below the ports that systems give to connections and to servers that ask for any: one of those may be taken
 * before its server has started, or while that is away. Beyond those that `fetch` refuses.
 */
const FIRST_PORT = 11_000;

/** Each worker of the test runner has ports of its own: a server may be away while another one looks for a port. */
const PORTS_OF_WORKER = 2_000;
const WORKERS = 10;

let nextPort = randomInt(PORTS_OF_WORKER);

const ON_DISK = ['--appendonly', 'yes', '--appendfsync', 'always'];

/** A Redis server of its own, on a free port. */
export class RedisServer {
  readonly url: string;
  readonly #port: number;
  readonly #folder: string;
  readonly #args: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string, args: readonly string[]) {
    this.url = `redis://127.0.0.1:${port}`;
    this.#port = port;
    this.#folder = folder;
    this.#args = args;
  }

  /** Resolves when the server takes connections. */
  static async start({
    durable = false,
    args = [],
  }: RedisServerOptions = {}): Promise<RedisServer> {
    const folder = await mkdtemp(join(tmpdir(), 'redis-'));
    const server = new RedisServer(await freePort(), folder, [
      ...(durable ? ON_DISK : []),
      ...args,
    ]);
    await server.restart();
    return server;
  }

  /** Starts it again at the same port after {@link kill}; a durable one has kept everything. */
  async restart(): Promise<void> {
    const binary = await findProgram(REDIS_SERVER);
    const place = ['--port', String(this.#port), '--bind', '127.0.0.1', '--dir', this.#folder];
    const server = spawn(binary, [...place, '--save', '', ...this.#args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = server;
    const lines: string[] = [];
    for await (const line of createInterface({ input: server.stdout })) {
      lines.push(line);
      if (!line.includes('Ready to accept connections')) continue;
      server.stdout.resume();
      return;
    }
    throw new Error(`redis-server did not start:\n${lines.join('\n')}`);
  }

  /** Stops answering without closing connections, as a hung machine does. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Ends the process: by default without a word, as a crash does. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const server = this.#process;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true });
  }
}

/** A port of the loopback interface that nobody listens on, and that nobody is given by chance. */
export async function freePort(): Promise<number> {
  for (;;) {
    const worker = Number(process.env['VITEST_POOL_ID'] ?? 0) % WORKERS;
    nextPort = (nextPort + 1) % PORTS_OF_WORKER;
    const port = FIRST_PORT + worker * PORTS_OF_WORKER + nextPort;
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch (error) {
    if (Object(error).code === 'EADDRINUSE') return false;
    throw error;
  }
}
