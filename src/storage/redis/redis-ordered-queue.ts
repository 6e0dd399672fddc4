import { SystemClock } from '../../common/system-clock.js';
import { OrderedQueue, type OrderedQueueOptions } from '../../queue/ordered-queue.js';
import { RedisJobStore } from './redis-job-store.js';
import { RedisKeyQueue } from './redis-key-queue.js';
import type { RedisQueueContext } from './redis-queue-context.js';
import type { WaitingCount } from './waiting-count.js';

/** A queue in Redis, shared by all processes of a desk. */
export class RedisOrderedQueue<T, P = unknown> extends OrderedQueue<T, P> {
  /** What waits in it and would be missed, as far as this process knows. */
  readonly waiting: WaitingCount;

  constructor(context: RedisQueueContext, options: OrderedQueueOptions<T, P>) {
    const store = new RedisJobStore<T, P>(context, options.isMissed);
    super(store, new RedisKeyQueue(context, store, options), options, new SystemClock());
    this.waiting = store.waiting;
  }
}
