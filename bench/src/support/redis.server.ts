import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** A `redis-server` of the benchmark's own, without persistence, on a free port. */
export class RedisServer {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, server: ChildProcess) {
    this.url = url;
    this.#process = server;
    process.once('exit', this.#kill);
  }

  /** Resolves when it takes connections. */
  static async start(): Promise<RedisServer> {
    const port = await freePort();
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
    ];
    const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: server.stdout })) {
      if (!line.includes('Ready to accept connections')) continue;
      server.stdout.resume();
      return new RedisServer(`redis://127.0.0.1:${port}`, server);
    }
    throw new Error('redis-server did not start; it must be on the PATH');
  }

  /** Ends it; what it held is gone. */
  async stop(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#kill();
    process.off('exit', this.#kill);
    await exited;
  }

  /** Also when a benchmark fails. */
  readonly #kill = (): void => void this.#process.kill('SIGKILL');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('No port was given');
  return address.port;
}
