import type { Clock } from '../../common/clock.js';
import { OrderedQueue, type OrderedQueueOptions } from '../../queue/ordered-queue.js';
import { MemoryJobStore } from './memory-job-store.js';
import { MemoryKeyQueue } from './memory-key-queue.js';

/** A queue in this process: nothing is shared with other instances, and all is gone when it ends. */
export class MemoryOrderedQueue<T, P = unknown> extends OrderedQueue<T, P> {
  constructor(clock: Clock, options: OrderedQueueOptions<T, P>) {
    const store = new MemoryJobStore<T, P>(clock);
    super(store, new MemoryKeyQueue(store, options), options, clock);
  }
}
