import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CardSyncedJob } from './jobs/card-job.interface.js';
import { CARD_KEY, TOPIC_KEY } from './outbound.constants.js';
import { OutboundEnqueuer } from './outbound-enqueuer.js';

/**
 * Has topic and card of a thread follow its record.
 *
 * Every method throws when the job could not be stored.
 */
@Injectable()
export class ThreadSync {
  constructor(private readonly jobs: OutboundEnqueuer) {}

  /** Has the topic of a thread show how the thread stands, in some seconds. */
  async syncTopic(threadId: string): Promise<void> {
    const job = { v: 1, type: 'topic.synced', threadId } as const;
    await this.jobs.enqueue(TOPIC_KEY + threadId, `topic:${randomUUID()}`, job);
  }

  /** Has the card of a thread show how the thread stands, in some seconds. */
  async syncCard(
    threadId: string,
    details: Omit<CardSyncedJob, 'v' | 'type' | 'threadId'> = {},
  ): Promise<void> {
    const job = { v: 1, type: 'card.synced', threadId, ...details } as const;
    await this.jobs.enqueue(CARD_KEY + threadId, `card:${randomUUID()}`, job);
  }

  /** Has the card of a thread changed at the turn of the thread. */
  async editCard(threadId: string, isForced: boolean): Promise<void> {
    const job = { v: 1, type: 'card.edited', threadId, isForced } as const;
    await this.jobs.enqueue(`thread:${threadId}`, `card:${randomUUID()}`, job);
  }
}
