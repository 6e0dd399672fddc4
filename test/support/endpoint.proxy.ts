import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * The endpoint of a managed Redis: leads new connections to the server that was set, and keeps
 * open ones with the server that they were made to. Counts them.
 */
export class EndpointProxy {
  readonly url: string;
  /** How many connections have been made to it. */
  connections = 0;
  /** How many bytes Redis has answered with. */
  answeredBytes = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #target: URL;

  private constructor(server: Server, url: string, target: string) {
    this.#server = server;
    this.url = url;
    this.#target = new URL(target);
  }

  static async start(redisUrl: string): Promise<EndpointProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('No port was given');
    const proxy = new EndpointProxy(server, `redis://127.0.0.1:${address.port}`, redisUrl);
    server.on('connection', (client) => proxy.#join(client));
    return proxy;
  }

  /** Where new connections lead from now on. */
  leadTo(redisUrl: string): void {
    this.#target = new URL(redisUrl);
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket): void {
    this.connections += 1;
    const { hostname, port } = this.#target;
    const redis = connect(Number(port), hostname);
    client.pipe(redis);
    redis.pipe(client);
    redis.on('data', (chunk: Buffer) => (this.answeredBytes += chunk.length));
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
