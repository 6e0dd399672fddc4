import { Redis } from 'ioredis';
import { vi } from 'vitest';
import { RedisServer, freePort } from '../support/redis-server.js';

const NODES = 3;
const SLOTS = 16_384;
const PASSWORD = 'drill';

/** A Redis Cluster of three nodes that want a password. Whoever starts it stops it. */
export class RedisCluster {
  readonly password = PASSWORD;
  readonly #servers: RedisServer[] = [];

  /** Resolves when every node knows of all slots. Stops what it has started when that fails. */
  static async start(): Promise<RedisCluster> {
    const cluster = new RedisCluster();
    try {
      await cluster.#join();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** What a client is to connect to first. */
  get nodes(): Array<{ host: string; port: number }> {
    return this.#servers.map(({ url }) => ({ host: '127.0.0.1', port: Number(new URL(url).port) }));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop()));
  }

  async #join(): Promise<void> {
    const busPorts = await Promise.all(Array.from({ length: NODES }, () => freePort()));
    for (const busPort of busPorts) {
      const cluster = ['--cluster-enabled', 'yes', '--cluster-port', String(busPort)];
      const secret = ['--requirepass', PASSWORD, '--masterauth', PASSWORD];
      this.#servers.push(await RedisServer.start({ args: [...cluster, ...secret] }));
    }
    const clients = this.nodes.map((node) => new Redis({ ...node, password: PASSWORD }));
    try {
      await this.#introduce(clients, busPorts);
    } finally {
      for (const client of clients) client.disconnect();
    }
  }

  async #introduce(clients: readonly Redis[], busPorts: readonly number[]): Promise<void> {
    for (const [i, client] of clients.entries()) {
      const [from, to] = [i, i + 1].map((n) => Math.floor((n * SLOTS) / NODES));
      await client.call('CLUSTER', 'ADDSLOTSRANGE', String(from), String((to ?? SLOTS) - 1));
      await client.call('CLUSTER', 'SET-CONFIG-EPOCH', String(i + 1));
    }
    for (const [i, { port }] of this.nodes.entries()) {
      await clients[0]?.call('CLUSTER', 'MEET', '127.0.0.1', String(port), String(busPorts[i]));
    }
    await Promise.all(clients.map((client) => vi.waitUntil(() => isComplete(client), 20_000)));
  }
}

/** Whether a node knows of all nodes and all slots. */
async function isComplete(client: Redis): Promise<boolean> {
  const info = String(await client.call('CLUSTER', 'INFO')).split('\r\n');
  const wanted = ['cluster_state:ok', `cluster_slots_ok:${SLOTS}`, `cluster_known_nodes:${NODES}`];
  return wanted.every((line) => info.includes(line));
}
