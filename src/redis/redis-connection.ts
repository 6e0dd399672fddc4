import type { Logger } from '@nestjs/common';
import type { Cluster, Redis, RedisOptions } from 'ioredis';
import { errorText, TelegramConfigError, type ErrorDescriber } from '../errors/index.js';
import { ReconnectPolicy } from './reconnect-policy.js';
import { RedisOutageLog } from './redis-outage-log.js';
import { WrongDatabaseReporter } from './wrong-database-reporter.js';

/** A client of the app's own, or what is needed to open one. */
export type RedisOption = string | RedisOptions | Redis | Cluster;

/** How long a command may take before its caller is told that Redis is away. */
export const REDIS_TIMEOUT_MS = 2_000;

/** ioredis answers in the same shapes, whatever a client of the app's own asks for. */
const SHAPES = { stringNumbers: false, replyMapping: 'legacy' } as const;

/**
 * The Redis client of one module. A client that the app hands in is the app's, with its settings: the
 * module works on another one to the same Redis, so that a failover or a changed password is its own
 * to deal with.
 */
export class RedisConnection {
  /** Puts no prefix before keys. */
  readonly client: Redis | Cluster;
  /** What the app's client puts before all keys. */
  readonly keyPrefix: string;
  readonly #policy: ReconnectPolicy;

  private constructor(client: Redis | Cluster, keyPrefix: string, policy: ReconnectPolicy) {
    this.client = client;
    this.keyPrefix = keyPrefix;
    this.#policy = policy;
  }

  /**
   * Does not wait for Redis: commands queue until it answers, or fail when it cannot be reached. Whoever
   * asks bounds the wait by {@link REDIS_TIMEOUT_MS}.
   */
  static async open(
    option: RedisOption,
    logger: Logger,
    errors?: ErrorDescriber,
  ): Promise<RedisConnection> {
    const log = new RedisOutageLog(logger, errors);
    const policy = new ReconnectPolicy(log);
    const { client, keyPrefix } = isClient(option)
      ? duplicateOf(option, PROMPT, policy)
      : await newClient(option, policy);
    const databases = new WrongDatabaseReporter(logger, errors);
    client.on('error', (error: Error) => {
      if (policy.forgivesReadyCheck(error)) return;
      if (!databases.takes(error, client.options)) log.failed(error);
    });
    client.on('ready', () => log.connected());
    if (!isCluster(client)) policy.cover(client);
    return new RedisConnection(client, keyPrefix, policy);
  }

  /**
   * A client to the same Redis that waits for it however long it is away, as BullMQ's workers want.
   * Whoever opens it ends it.
   */
  createBlockingClient(): Redis | Cluster {
    const { client } = duplicateOf(this.client, BLOCKING, this.#policy);
    // What is wrong with Redis the first client reports.
    client.on('error', () => undefined);
    if (!isCluster(client)) this.#policy.cover(client);
    return client;
  }

  /** The Redis user. */
  get user(): string {
    const { client } = this;
    const { username } = isCluster(client) ? (client.options.redisOptions ?? {}) : client.options;
    return username ?? 'default';
  }

  /** Calls `listener` whenever Redis denies something, on whichever connection. */
  onDenied(listener: () => void): void {
    this.#policy.onDenied = listener;
  }

  close(): void {
    this.client.disconnect();
  }
}

/**
 * Gives up when the connection is lost. How long an answer may take its callers say, because ioredis
 * would give up after a stall of this process, before it has read the answer that is there. What is
 * asked in one turn of the event loop is written in one go.
 */
const PROMPT: RedisOptions = {
  commandTimeout: undefined,
  maxRetriesPerRequest: 1,
  enableAutoPipelining: true,
};

/** Never gives up. Its commands are not pipelined: one that blocks would hold up the others. */
const BLOCKING: RedisOptions = {
  commandTimeout: undefined,
  maxRetriesPerRequest: null,
  enableAutoPipelining: false,
};

interface OpenedClient {
  readonly client: Redis | Cluster;
  /** What the settings would have put before all keys. */
  readonly keyPrefix: string;
}

async function newClient(
  option: string | RedisOptions,
  policy: ReconnectPolicy,
): Promise<OpenedClient> {
  const RedisClient = await loadClient();
  const client =
    typeof option === 'string'
      ? new RedisClient(option, { ...PROMPT, ...SHAPES, ...policy.optionsBeside({}) })
      : new RedisClient({ ...PROMPT, ...option, ...SHAPES, ...policy.optionsBeside(option) });
  // A URL may hold one, too.
  const { keyPrefix = '' } = client.options;
  client.options.keyPrefix = '';
  return { client, keyPrefix };
}

/** Those of a client of the app's own may give up, which is for the app's own commands to bear. */
function duplicateOf(
  client: Redis | Cluster,
  behaviour: RedisOptions,
  policy: ReconnectPolicy,
): OpenedClient {
  const { keyPrefix = '' } = client.options;
  const queues = { enableOfflineQueue: true, keyPrefix: '' };
  if (!isCluster(client)) {
    const settings = { ...behaviour, ...SHAPES, ...policy.optionsBeside(client.options) };
    const duplicate = client.duplicate({
      ...settings,
      ...queues,
      autoResendUnfulfilledCommands: true,
    });
    return { client: duplicate, keyPrefix };
  }
  const { redisOptions = {} } = client.options;
  // A node that is lost is for the cluster to find again.
  const { retryStrategy: clusterRetryStrategy, ...nodes } = policy.optionsBeside(redisOptions);
  const duplicate = client.duplicate([], {
    ...queues,
    clusterRetryStrategy,
    // ioredis 5 replaces the options of the nodes, with the password in them, instead of adding to them.
    redisOptions: {
      ...redisOptions,
      ...behaviour,
      ...SHAPES,
      ...nodes,
      enableAutoPipelining: false,
      // An empty one of the cluster gives way to that of its nodes.
      keyPrefix: '',
    },
  });
  return { client: duplicate, keyPrefix };
}

/** Loaded only when used: without the `redis` option ioredis need not be installed. */
async function loadClient(): Promise<typeof Redis> {
  try {
    const { Redis: RedisClient } = await import('ioredis');
    return RedisClient;
  } catch (error) {
    const wants = `needs the package ioredis (npm install ioredis): ${errorText(error)}`;
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
