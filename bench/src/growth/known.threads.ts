import { Redis } from 'ioredis';
// Not exported by the package.
import { RedisThreadStateRepository } from '../../../dist/storage/redis/redis-thread-state.repository.js';

const AT_ONCE = 500;
const MONTHS_SECONDS = 7_776_000;

/** How many threads a desk knows, at the least and at the most. */
export const KNOWN_THREADS = { few: 10, many: 100_000 };

/** Stores the state of so many threads, each with a topic of its own. */
export async function storeKnownThreads(url: string, botId: number, count: number): Promise<void> {
  const client = new Redis(url);
  const threads = new RedisThreadStateRepository(client, {
    keyPrefix: `tg:{${botId}}`,
    ttlSeconds: MONTHS_SECONDS,
  });
  for (let from = 0; from < count; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => from + i);
    await Promise.all(
      numbers.map((number) =>
        threads.update(`known-${number}`, {
          status: 'answered',
          lastActivityAtMs: Date.now(),
          topic: {
            chatId: -100_123,
            topicId: number + 2,
            name: `Known ${number}`,
            isClosed: false,
          },
        }),
      ),
    );
  }
  client.disconnect();
}
