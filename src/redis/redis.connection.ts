import type { Logger } from '@nestjs/common';
import type { Cluster, Redis, RedisOptions } from 'ioredis';
import { TelegramConfigError, toError } from '../errors/index.js';

/** A client of the app's own, or what is needed to open one. */
export type RedisOption = string | RedisOptions | Redis | Cluster;

/** The longest wait between two attempts to connect again. */
const LONGEST_RECONNECT_MS = 2_000;

/** How long a command may take before its caller is told that Redis is away. */
export const REDIS_TIMEOUT_MS = 2_000;

/** The Redis client of one module. Closes what it opened and never what the app handed in. */
export class RedisConnection {
  readonly client: Redis | Cluster;
  readonly #owned: boolean;

  private constructor(client: Redis | Cluster, owned: boolean) {
    this.client = client;
    this.#owned = owned;
  }

  /** Does not wait for Redis: commands queue until it answers, or fail after {@link REDIS_TIMEOUT_MS}. */
  static async open(option: RedisOption, logger: Logger): Promise<RedisConnection> {
    if (isClient(option)) return new RedisConnection(option, false);
    const RedisClient = await loadClient();
    const settings = {
      commandTimeout: REDIS_TIMEOUT_MS,
      maxRetriesPerRequest: 1,
      // What is asked in one turn of the event loop is written in one go.
      enableAutoPipelining: true,
    };
    const client =
      typeof option === 'string'
        ? new RedisClient(option, settings)
        : new RedisClient({ ...settings, ...option });
    reportOutages(client, logger);
    return new RedisConnection(client, true);
  }

  /** What the client puts in front of all keys by itself. */
  get keyPrefix(): string {
    return this.client.options.keyPrefix ?? '';
  }

  /**
   * The client, or where it puts a prefix of its own before all keys, which BullMQ refuses, another one
   * to the same Redis; whoever gets another one ends it.
   */
  withoutKeyPrefix(): Redis | Cluster {
    const { client } = this;
    if (!this.keyPrefix) return client;
    const plain = isCluster(client)
      ? client.duplicate([], {
          keyPrefix: '',
          // An empty one of the cluster gives way to that of its nodes.
          redisOptions: { ...client.options.redisOptions, keyPrefix: '' },
        })
      : client.duplicate({ keyPrefix: '' });
    plain.on('error', () => undefined);
    return plain;
  }

  /**
   * A client to the same Redis that waits for it however long it is away, as BullMQ's workers want.
   * Whoever opens it ends it.
   */
  openPatient(): Redis | Cluster {
    // BullMQ's commands are not gathered: one that blocks would hold up the others.
    const settings = {
      maxRetriesPerRequest: null,
      commandTimeout: undefined,
      enableAutoPipelining: false,
    };
    // Those of a client of the app's own may give up, which is for the app's own commands to bear.
    const patience = { enableOfflineQueue: true, keyPrefix: '' };
    const client = isCluster(this.client)
      ? this.client.duplicate([], {
          ...patience,
          clusterRetryStrategy: reconnectDelay,
          // ioredis 5 replaces the options of the nodes, with the password in them, instead of adding to them.
          redisOptions: { ...this.client.options.redisOptions, ...settings, keyPrefix: '' },
        })
      : this.client.duplicate({ ...settings, ...patience, retryStrategy: reconnectDelay });
    // What is wrong with Redis the first client reports.
    client.on('error', () => undefined);
    return client;
  }

  /** Ends the connection, if it is ours. */
  close(): void {
    if (this.#owned) this.client.disconnect();
  }
}

/** @param attempts How often it has been tried since the connection was lost. */
function reconnectDelay(attempts: number): number {
  return Math.min(attempts * 50, LONGEST_RECONNECT_MS);
}

/** Loaded only when used: without the `redis` option ioredis need not be installed. */
async function loadClient(): Promise<typeof Redis> {
  try {
    const { Redis: RedisClient } = await import('ioredis');
    return RedisClient;
  } catch (error) {
    const wants = `needs the package ioredis (npm install ioredis): ${toError(error).message}`;
    throw new TelegramConfigError([{ option: 'redis', got: 'no ioredis', wants }]);
  }
}

/** Whether the option is a connected client instead of settings for one. */
export function isClient(option: RedisOption): option is Redis | Cluster {
  return typeof option === 'object' && 'status' in option && 'duplicate' in option;
}

function isCluster(client: Redis | Cluster): client is Cluster {
  return client.isCluster;
}

/** One line when Redis goes away and one when it is back, however often the client tries between. */
function reportOutages(client: Redis, logger: Logger): void {
  let away = false;
  client.on('error', (error: Error) => {
    if (!away) logger.error(`Redis does not answer: ${error.message || error.name}`);
    away = true;
  });
  client.on('ready', () => {
    if (away) logger.log('Redis answers again');
    away = false;
  });
}
