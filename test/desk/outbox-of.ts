import type { INestApplication } from '@nestjs/common';
import { OUTBOUND_QUEUE } from '../../src/outbound/outbound.constants.js';
import type { OrderedQueue } from '../../src/queue/ordered-queue.js';

/** What a desk is to post. While it is paused all of that waits, however long a test takes to queue it. */
export function outboxOf({ app }: { readonly app: INestApplication }): OrderedQueue<unknown> {
  return app.get<OrderedQueue<unknown>>(OUTBOUND_QUEUE);
}
