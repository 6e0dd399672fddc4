import { Redis } from 'ioredis';
import { inject } from 'vitest';

/** A key in Redis with all that stands there. */
export interface StoredKey {
  readonly key: string;
  readonly value: string;
}

/** All that Redis has of a bot: each key with its value as text. */
export async function storedOf(botToken: string): Promise<StoredKey[]> {
  const redis = new Redis(inject('redisUrl'));
  try {
    const [botId = ''] = botToken.split(':');
    const keys: string[] = [];
    for await (const page of redis.scanStream({ match: `*${botId}*`, count: 1_000 })) {
      keys.push(...page);
    }
    return await Promise.all(
      [...new Set(keys)].map(async (key) => ({ key, value: await textOf(redis, key) })),
    );
  } finally {
    redis.disconnect();
  }
}

async function textOf(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case 'string':
      return (await redis.get(key)) ?? '';
    case 'hash':
      return JSON.stringify(await redis.hgetall(key));
    case 'list':
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case 'set':
      return JSON.stringify(await redis.smembers(key));
    case 'zset':
      return JSON.stringify(await redis.zrange(key, 0, '-1'));
    case 'stream':
      return JSON.stringify(await redis.xrange(key, '-', '+'));
    default:
      return '';
  }
}
