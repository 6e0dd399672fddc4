import { ThreadMappingError } from '../errors/index.js';
import { REDIS_TIMEOUT_MS } from './redis-connection.js';
import { withTimeout } from '../common/with-timeout.js';

/**
 * Waits for the answer to a command.
 *
 * @param action What the command does, in words that complete "Could not …".
 * @throws {@link ThreadMappingError} When Redis refuses it or does not answer in time.
 */
export async function askRedis<T>(action: string, answer: Promise<T>): Promise<T> {
  try {
    return await withTimeout(answer, REDIS_TIMEOUT_MS);
  } catch (error) {
    throw new ThreadMappingError(action, error);
  }
}
