import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ThreadEventPublisher } from '../threads/thread-event-publisher.js';
import type {
  ThreadChanges,
  ThreadRecord,
  ThreadStatus,
} from '../threads/thread-record.interface.js';
import { stateOf } from '../threads/thread-state.js';
import type { ThreadState } from '../threads/thread-state.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { OutboundService } from './outbound.service.js';
import type { TopicLook } from './topics/topic-opener.js';
import { TopicNamer } from './topics/topic-namer.js';

/** What a customer's message says of its thread. */
export type ThreadDetails = Pick<ThreadChanges, 'subject' | 'customer' | 'url' | 'card'>;

/** What a change did. */
export interface ThreadChange {
  /** Whether the status has changed. */
  readonly changed: boolean;
  /** Whether the chat knows the thread and has no topic that shows its status. */
  readonly isUnseen: boolean;
}

type Change = ThreadDetails & { readonly status: ThreadStatus };

type Decision = (record: ThreadRecord | null) => Change | null | Promise<Change>;

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
    private readonly names: TopicNamer,
    private readonly events: ThreadEventPublisher,
    private readonly clock: Clock,
    private readonly settings: TelegramSettings,
  ) {}

  /**
   * A message of the customer is posted: it waits for an answer, and opens the thread again if that is closed.
   *
   * @param details With a card, what the app says of a thread that it opens; what is known of the customer
   * stays without one.
   */
  async customerWrote(threadId: string, details: ThreadDetails = {}): Promise<ThreadChange> {
    return this.#change(threadId, async (record) => {
      // Before the record is changed: when the process dies in between, the next message finds it closed.
      if (record?.status === 'closed') {
        await this.events.publishReopened(threadId, record.lastActivityAtMs);
      }
      const isKnown = details.card === undefined && record?.customer !== undefined;
      return { ...details, ...(isKnown && { customer: undefined }), status: 'waiting' };
    });
  }

  /** An agent's reply has its place in the queue. A closed thread stays closed. */
  async agentReplied(threadId: string): Promise<ThreadChange> {
    return this.#change(threadId, (record) => ({
      status: record?.status === 'closed' ? 'closed' : 'answered',
    }));
  }

  /** The app or an agent closes the thread. */
  async close(threadId: string): Promise<ThreadChange> {
    return this.#change(threadId, () => ({ status: 'closed' }));
  }

  /** The app or an agent opens the thread again. One that is not closed stays as it is. */
  async reopen(threadId: string): Promise<ThreadChange> {
    return this.#change(threadId, (record) =>
      record && record.status !== 'closed' ? null : { status: 'waiting' },
    );
  }

  /** The app says something else of a thread. What is undefined stays as it is. */
  async update(threadId: string, details: ThreadDetails): Promise<void> {
    await this.#change(threadId, (record) => ({ ...details, status: record?.status ?? 'waiting' }));
  }

  /** What is known of a thread; null when the desk does not know it. */
  async find(threadId: string): Promise<ThreadState | null> {
    const record = await this.threads.find(threadId);
    return record && stateOf(record);
  }

  /**
   * How a topic begins that the thread gets now. Never rejects.
   *
   * @param details What a message of the customer says, which waits for an answer then; undefined without one.
   */
  async topicLook(threadId: string, details?: ThreadDetails): Promise<TopicLook> {
    const record = await this.threads.find(threadId).catch(() => null);
    const name = this.names.nameOf({
      threadId,
      subject: details?.subject ?? record?.subject,
      customer: details?.customer ?? record?.customer,
    });
    return { name, status: details ? 'waiting' : (record?.status ?? 'waiting') };
  }

  /** Has the topic of a thread show its status, if it does not yet. */
  async showStatus(threadId: string): Promise<void> {
    const record = await this.threads.find(threadId);
    const { topic, status } = record ?? {};
    const isShown = topic?.shownStatus === status && topic?.isClosed === (status === 'closed');
    if (topic && !isShown) await this.outbound.syncTopic(threadId);
  }

  /** @param wanted What to change of the record as it stands; null for nothing. */
  async #change(threadId: string, wanted: Decision): Promise<ThreadChange> {
    for (;;) {
      const before = await this.threads.find(threadId);
      const changes = await wanted(before);
      if (!changes) return { changed: false, isUnseen: false };
      if (!before) await this.threads.claim(threadId, this.settings.desk);
      const expected = { status: before?.status ?? 'waiting', customer: before?.customer } as const;
      const stored = { ...changes, lastActivityAtMs: this.clock.now() };
      const isDone = await this.threads.updateIf(threadId, expected, stored);
      if (isDone) return this.#show(threadId, before, changes);
    }
  }

  async #show(
    threadId: string,
    before: ThreadRecord | null,
    { status, ...details }: Change,
  ): Promise<ThreadChange> {
    const { topic, subject, customer } = before ?? {};
    const isRenamed =
      (details.subject ?? subject) !== subject || (details.customer ?? customer) !== customer;
    // What is shown may be changing at this moment, so each change of the status has the topic looked at again.
    const isShown =
      status === before?.status &&
      topic?.shownStatus === status &&
      topic.isClosed === (status === 'closed');
    if (topic && (isRenamed || !isShown)) await this.outbound.syncTopic(threadId);
    const isUnseen = before !== null && (!topic || topic.isGone === true);
    return { changed: status !== before?.status, isUnseen };
  }
}
