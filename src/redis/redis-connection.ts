import type { Logger } from '@nestjs/common';
import type { Cluster, Redis, RedisOptions } from 'ioredis';
import { errorText, TelegramConfigError, type ErrorDescriber } from '../errors/index.js';
import { ReconnectPolicy } from './reconnect-policy.js';
import { RedisOutageLog } from './redis-outage-log.js';
import { WrongDatabaseReporter } from './wrong-database-reporter.js';

/** A client of the app, or the settings to open one. */
export type RedisOption = string | RedisOptions | Redis | Cluster;

/** How long a command may take before it counts as failed. */
export const REDIS_TIMEOUT_MS = 2_000;

/** The module relies on these reply formats, whatever the app's client uses. */
const SHAPES = { stringNumbers: false, replyMapping: 'legacy' } as const;

/**
 * The Redis client of one module. The module never uses a client that the app passes in, but a duplicate of it,
 * so that it can handle a failover or a changed password by settings of its own.
 */
export class RedisConnection {
  /** Adds no prefix to keys. */
  readonly client: Redis | Cluster;
  /** The prefix that the app's client adds to all keys. */
  readonly keyPrefix: string;
  readonly #policy: ReconnectPolicy;
  readonly #log: RedisOutageLog;

  private constructor(
    { client, keyPrefix }: OpenedClient,
    policy: ReconnectPolicy,
    log: RedisOutageLog,
  ) {
    this.client = client;
    this.keyPrefix = keyPrefix;
    this.#policy = policy;
    this.#log = log;
  }

  /**
   * Does not wait for Redis: commands wait until it answers, and fail when it cannot be reached. Callers limit
   * the wait to {@link REDIS_TIMEOUT_MS}.
   */
  static async open(
    option: RedisOption,
    logger: Logger,
    errors?: ErrorDescriber,
  ): Promise<RedisConnection> {
    const log = new RedisOutageLog(logger, errors);
    const policy = new ReconnectPolicy(log);
    const opened = isClient(option)
      ? duplicateOf(option, PROMPT, policy)
      : await newClient(option, policy);
    const { client } = opened;
    const databases = new WrongDatabaseReporter(logger, errors);
    client.on('error', (error: Error) => {
      if (policy.ignores(error)) return;
      if (!databases.report(error, client.options)) log.failed(error);
    });
    client.on('ready', () => log.connected());
    if (!isCluster(client)) policy.track(client);
    return new RedisConnection(opened, policy, log);
  }

  /**
   * A client for BullMQ's workers, which waits however long Redis cannot be reached. The caller has to
   * disconnect it.
   */
  createBlockingClient(): Redis | Cluster {
    const { client } = duplicateOf(this.client, BLOCKING, this.#policy);
    // The first client reports what is wrong with Redis.
    client.on('error', () => undefined);
    if (!isCluster(client)) this.#policy.track(client);
    return client;
  }

  /** The Redis user. */
  get user(): string {
    const { client } = this;
    const { username } = isCluster(client) ? (client.options.redisOptions ?? {}) : client.options;
    return username ?? 'default';
  }

  /** Why Redis cannot be used, as the connection has found last; undefined when it can. */
  get failure(): Error | undefined {
    return this.#log.failure;
  }

  /** Calls `listener` whenever Redis denies a command, on any connection. */
  onDenied(listener: () => void): void {
    this.#policy.onDenied = listener;
  }

  close(): void {
    this.#log.close();
    this.client.disconnect();
  }
}

/**
 * Commands fail when the connection is lost. Callers set the timeout: that of ioredis would fire after a stall of
 * this process although the answer is there, unread. Commands of one turn of the event loop are pipelined.
 */
const PROMPT: RedisOptions = {
  commandTimeout: undefined,
  maxRetriesPerRequest: 1,
  enableAutoPipelining: true,
};

/** Commands never fail for lack of a connection. They are not pipelined, because one that blocks would delay the others. */
const BLOCKING: RedisOptions = {
  commandTimeout: undefined,
  maxRetriesPerRequest: null,
  enableAutoPipelining: false,
};

interface OpenedClient {
  readonly client: Redis | Cluster;
  /** The prefix in the settings, which the client itself does not add. */
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
  // A URL may contain a prefix, too.
  const { keyPrefix = '' } = client.options;
  client.options.keyPrefix = '';
  return { client, keyPrefix };
}

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
  // Reconnecting to a lost node is up to the cluster client.
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
      // ioredis prefers the prefix of the nodes to an empty one of the cluster.
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
