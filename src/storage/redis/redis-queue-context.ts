import type { Cluster, Redis } from 'ioredis';
import type { RedisReadiness } from '../../redis/redis-readiness.js';
import type { ShutdownDeadline } from '../../redis/shutdown-deadline.js';

/** What a {@link RedisOrderedQueue} works with. All but the name is shared by the queues of a desk. */
export interface RedisQueueContext {
  /** Passed in, so that BullMQ is loaded only where Redis is used. */
  readonly bullmq: typeof import('bullmq');
  /** For commands that are answered at once. */
  readonly client: Redis | Cluster;
  /** Waits for Redis however long it is away. Whoever opened it closes it. */
  readonly blockingClient: Redis | Cluster;
  readonly shutdown: ShutdownDeadline;
  /** Whether Redis allows all that is needed. */
  readonly readiness: RedisReadiness;
  /** What all keys begin with; holds a hash tag: `tg:{bot:chat}`. */
  readonly prefix: string;
  readonly name: string;
}
