import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { DeskEvents } from '../desk/desk-events.js';
import type {
  ThreadChanges,
  ThreadStatus,
  ThreadTopic,
} from '../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { OutboundService } from './outbound.service.js';

/** What a customer's message says of its thread. */
export type ThreadDetails = Pick<ThreadChanges, 'subject' | 'customer' | 'url' | 'card'>;

/** What a change did. */
export interface ThreadChange {
  /** Whether the status has changed. */
  readonly changed: boolean;
}

/**
 * Changes how threads stand: the record is what is wanted, and the topic of the thread follows soon.
 *
 * Every method throws a {@link ThreadMappingError} when the store does not answer within 2 seconds.
 */
@Injectable()
export class ThreadService {
  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly outbound: OutboundService,
    private readonly events: DeskEvents,
    private readonly clock: Clock,
  ) {}

  /** A message of the customer is posted: it waits for an answer, and opens the thread again if that is closed. */
  async customerWrote(threadId: string, details: ThreadDetails = {}): Promise<ThreadChange> {
    const record = await this.threads.find(threadId);
    const change = await this.#change(threadId, record?.status, 'waiting', details);
    if (record?.status === 'closed') this.events.emit('threadReopened', { threadId });
    return change;
  }

  /** An agent's reply has its place in the queue. A closed thread stays closed. */
  async agentReplied(threadId: string): Promise<ThreadChange> {
    const record = await this.threads.find(threadId);
    const status = record?.status === 'closed' ? 'closed' : 'answered';
    return this.#change(threadId, record?.status, status);
  }

  /** The app or an agent closes the thread. */
  async close(threadId: string): Promise<ThreadChange> {
    const record = await this.threads.find(threadId);
    return this.#change(threadId, record?.status, 'closed');
  }

  /** The app or an agent opens the thread again. One that is not closed stays as it is. */
  async reopen(threadId: string): Promise<ThreadChange> {
    const record = await this.threads.find(threadId);
    if (record && record.status !== 'closed') return { changed: false };
    return this.#change(threadId, record?.status, 'waiting');
  }

  /**
   * Takes note of how the topic of a thread looks now, for example because somebody has closed or renamed it in
   * Telegram. Does nothing when the thread has another topic.
   */
  async topicChanged(
    threadId: string,
    topicId: number,
    changes: Partial<Pick<ThreadTopic, 'name' | 'shownStatus' | 'isClosed'>>,
  ): Promise<void> {
    const topic = (await this.threads.find(threadId))?.topic;
    if (topic?.topicId !== topicId) return;
    await this.threads.update(threadId, { topic: { ...topic, ...changes } });
  }

  async #change(
    threadId: string,
    before: ThreadStatus | undefined,
    status: ThreadStatus,
    details: ThreadDetails = {},
  ): Promise<ThreadChange> {
    await this.threads.update(threadId, {
      ...details,
      status,
      lastActivityAtMs: this.clock.now(),
    });
    await this.outbound.syncTopic(threadId);
    return { changed: status !== before };
  }
}
