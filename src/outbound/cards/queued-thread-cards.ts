import { Injectable } from '@nestjs/common';
import { ThreadCards, type CardRefresh } from '../../threads/thread-cards.js';
import { OutboundService } from '../outbound.service.js';

/** Queues the changes of cards. */
@Injectable()
export class QueuedThreadCards extends ThreadCards {
  readonly #outbound: OutboundService;

  constructor(outbound: OutboundService) {
    super();
    this.#outbound = outbound;
  }

  refresh(threadId: string, options?: CardRefresh): Promise<void> {
    return this.#outbound.syncCard(threadId, options);
  }
}
