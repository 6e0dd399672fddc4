import type { Cluster, Redis } from 'ioredis';
import type { ShutdownDeadline } from '../../redis/shutdown-deadline.js';
import type { RedisReadiness } from '../../redis/redis-readiness.js';

/** What a `RedisOrderedQueue` works with. */
export interface RedisQueueContext {
  /** The part of BullMQ that is used; passed in, so that it is loaded only where Redis is used. */
  readonly bullmq: typeof import('bullmq');
  /** For commands that are answered at once. */
  readonly client: Redis | Cluster;
  /** A client that waits for Redis however long it is away; the caller closes it. */
  readonly patient: Redis | Cluster;
  /** Asks for what is needed to close. All queues of a desk share one. */
  readonly farewell: ShutdownDeadline;
  /** Whether Redis allows all that is needed. All queues of a desk share one. */
  readonly readiness: RedisReadiness;
  /** What all keys begin with; holds a hash tag: `tg:{bot:chat}`. */
  readonly prefix: string;
  /** Two queues of one desk have different names. */
  readonly name: string;
}
