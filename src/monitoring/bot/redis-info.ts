import { withTimeout } from '../../common/with-timeout.js';
import { REDIS_TIMEOUT_MS, type RedisConnection } from '../../redis/redis-connection.js';
import { isRedisAnswer } from '../../redis/redis-denial.js';

/**
 * A section of what Redis says of itself; undefined when its user may not ask, or it has no such command.
 *
 * @throws When Redis does not answer.
 */
export function redisInfo(
  { client }: RedisConnection,
  section: 'memory' | 'persistence' | 'server',
): Promise<string | undefined> {
  return unlessDenied(client.info(section));
}

/** When Redis writes a snapshot, as `save` in its configuration says; undefined when its user may not ask. */
export async function redisSnapshots({ client }: RedisConnection): Promise<string | undefined> {
  const answer: unknown = await unlessDenied(client.config('GET', 'save'));
  const value: unknown = Array.isArray(answer) ? answer[1] : undefined;
  return typeof value === 'string' ? value : undefined;
}

async function unlessDenied<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await withTimeout(answer, REDIS_TIMEOUT_MS);
  } catch (error) {
    if (isRedisAnswer(error)) return undefined;
    throw error;
  }
}
