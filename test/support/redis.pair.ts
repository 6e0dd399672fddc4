import { Redis } from 'ioredis';
import { vi } from 'vitest';
import { EndpointProxy } from './endpoint.proxy.js';
import { RedisServer } from './redis-server.js';

/** A replica is given its data at once, not after 5 s in which others could ask for it, too. */
const PROMPT = ['--repl-diskless-sync-delay', '0'];

/** A primary, its replica, and the endpoint that leads to the primary: a managed Redis. */
export class RedisPair {
  private constructor(
    readonly endpoint: EndpointProxy,
    /** Where the endpoint leads first. */
    readonly first: RedisServer,
    readonly second: RedisServer,
  ) {}

  static async start(args: readonly string[] = []): Promise<RedisPair> {
    const [first, second] = await Promise.all([
      RedisServer.start({ args: [...PROMPT, ...args] }),
      RedisServer.start({ args: [...PROMPT, ...args] }),
    ]);
    const pair = new RedisPair(await EndpointProxy.start(first.url), first, second);
    await pair.#follow(second, first);
    return pair;
  }

  get url(): string {
    return this.endpoint.url;
  }

  /** Makes the first a replica of the second; open connections stay with the first, where the endpoint leads still. */
  async swap(): Promise<void> {
    await this.#caughtUp();
    await command(this.second, 'REPLICAOF', 'NO', 'ONE');
    await command(this.first, 'REPLICAOF', '127.0.0.1', new URL(this.second.url).port);
  }

  /** The endpoint leads to the second from now on. */
  redirect(): void {
    this.endpoint.leadTo(this.second.url);
  }

  async stop(): Promise<void> {
    await this.endpoint.stop();
    await Promise.all([this.first.stop(), this.second.stop()]);
  }

  /** Resolves when the second has what the first had: what it lacked would be lost by the swap. */
  async #caughtUp(): Promise<void> {
    const wanted = await offsetOf(this.first, 'master_repl_offset');
    const hasAll = async () => (await offsetOf(this.second, 'slave_repl_offset')) >= wanted;
    await vi.waitUntil(hasAll, { timeout: 20_000, interval: 20 });
  }

  async #follow(replica: RedisServer, primary: RedisServer): Promise<void> {
    await command(replica, 'REPLICAOF', '127.0.0.1', new URL(primary.url).port);
    const client = new Redis(replica.url);
    const isLinked = async () =>
      (await client.info('replication')).includes('master_link_status:up');
    await vi.waitUntil(isLinked, { timeout: 20_000, interval: 20 });
    client.disconnect();
  }
}

/** Asks a server, past the endpoint. */
export async function command(
  server: RedisServer,
  ...[name, ...args]: [string, ...string[]]
): Promise<unknown> {
  const client = new Redis(server.url);
  try {
    return await client.call(name, ...args);
  } finally {
    client.disconnect();
  }
}

/** How much of the stream of writes a server has sent, or received. */
async function offsetOf(server: RedisServer, field: string): Promise<number> {
  const info = String(await command(server, 'INFO', 'replication'));
  return Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(info)?.[1]);
}
