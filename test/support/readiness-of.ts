import type { Cluster, Redis } from 'ioredis';
import { RedisProbe } from '../../src/redis/redis-probe.js';
import { RedisReadiness } from '../../src/redis/redis-readiness.js';

/** Whether Redis allows what a queue needs whose keys begin so. */
export function readinessOf(client: Redis | Cluster, prefix: string): RedisReadiness {
  const rights = { user: 'default', patterns: [`${prefix}*`] };
  return new RedisReadiness(new RedisProbe(client, { prefixes: [`${prefix}:inbox:`], ...rights }));
}
