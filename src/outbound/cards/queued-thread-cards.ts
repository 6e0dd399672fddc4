import { Injectable } from '@nestjs/common';
import { ThreadCards, type CardRefresh } from '../../threads/thread-cards.js';
import { ThreadSync } from '../thread-sync.js';

/** Queues the changes of cards. */
@Injectable()
export class QueuedThreadCards extends ThreadCards {
  readonly #sync: ThreadSync;

  constructor(sync: ThreadSync) {
    super();
    this.#sync = sync;
  }

  refresh(threadId: string, options?: CardRefresh): Promise<void> {
    return this.#sync.syncCard(threadId, options);
  }
}
