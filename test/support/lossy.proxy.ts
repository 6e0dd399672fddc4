import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A proxy for Redis that breaks a connection on demand: after a request, before its answer. */
export class LossyProxy {
  readonly url: string;
  /** How many answers were lost. */
  swallowed = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isLossy = false;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async start(redisUrl: string): Promise<LossyProxy> {
    const { hostname, port } = new URL(redisUrl);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('No port was given');
    const proxy = new LossyProxy(server, `redis://127.0.0.1:${address.port}`);
    server.on('connection', (client) => proxy.#join(client, connect(Number(port), hostname)));
    return proxy;
  }

  /** Loses the connection over which the next answer comes that is to a script, and that answer. */
  swallowNextAnswer(): void {
    this.#isLossy = true;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket, redis: Socket): void {
    let isAboutScript = false;
    client.on('data', (chunk) => {
      isAboutScript = chunk.includes('evalsha');
      redis.write(chunk);
    });
    redis.on('data', (chunk) => {
      if (this.#isLossy && isAboutScript) {
        this.#isLossy = false;
        this.swallowed += 1;
        client.destroy();
        redis.destroy();
      } else client.write(chunk);
    });
    for (const [one, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
  }
}
