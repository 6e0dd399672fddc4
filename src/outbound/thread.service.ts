import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskEvents } from '../desk/desk-events.js';
import { ThreadTimers } from '../timers/thread-timers.js';
import { ThreadCards } from '../threads/thread-cards.js';
import { ThreadEventPublisher } from '../threads/thread-event-publisher.js';
import type {
  ThreadChanges,
  ThreadRecord,
  ThreadStatus,
} from '../threads/thread-record.interface.js';
import { UNCLAIMED } from '../threads/thread-claims.js';
import { shownStatusOf } from '../threads/thread-record.js';
import { stateOf } from '../threads/thread-state.js';
import type { ThreadState } from '../threads/thread-state.interface.js';
import {
  ThreadStateRepository,
  type ThreadExpectation,
} from '../threads/thread-state.repository.js';
import { ThreadSync } from './thread-sync.js';
import type { TopicLook } from './topics/topic-opener.js';
import { TopicNamer } from './topics/topic-namer.js';

/** What a customer's message says of its thread. */
export type ThreadDetails = Pick<
  ThreadChanges,
  | 'subject'
  | 'customer'
  | 'customerName'
  | 'customerEmail'
  | 'url'
  | 'card'
  | 'context'
  | 'waitingSinceMs'
>;

/** What a change did. */
export interface ThreadChange {
  /** Whether the status has changed. */
  readonly changed: boolean;
  /** Whether the chat knows the thread and has no topic that shows its status. */
  readonly isUnseen: boolean;
}

/** Fields that say how long a customer waits, and has waited. */
type Waiting = Pick<
  ThreadChanges,
  'waitingSinceMs' | 'overdueSinceMs' | 'firstReplyMs' | 'lastReplyMs'
>;

type Change = ThreadDetails & Waiting & { readonly status: ThreadStatus };

/** Nobody waits in a closed thread. */
const CLOSED: Change = { status: 'closed', waitingSinceMs: null, overdueSinceMs: null };

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
    private readonly sync: ThreadSync,
    private readonly names: TopicNamer,
    private readonly cards: ThreadCards,
    private readonly events: ThreadEventPublisher,
    private readonly timers: ThreadTimers,
    private readonly deskEvents: DeskEvents,
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
      const waitingSinceMs = record?.waitingSinceMs ?? details.waitingSinceMs ?? this.clock.now();
      const unchanged = { customer: undefined, customerName: undefined, customerEmail: undefined };
      const known = { ...details, ...(isKnown && unchanged) };
      return { ...known, status: 'waiting', waitingSinceMs };
    });
  }

  /** An agent's reply has its place in the queue. A closed thread stays closed. */
  async agentReplied(threadId: string): Promise<ThreadChange> {
    return this.#change(threadId, (record) => ({
      ...this.#waited(record),
      status: record?.status === 'closed' ? 'closed' : 'answered',
    }));
  }

  /** The app or an agent closes the thread. */
  async close(threadId: string): Promise<ThreadChange> {
    return this.#change(threadId, () => CLOSED);
  }

  /** Closes a thread in which nothing has happened since it was found. */
  async closeUnlessChanged({
    threadId,
    status,
    lastActivityAtMs,
  }: ThreadRecord): Promise<ThreadChange> {
    const isAsFound = (record: ThreadRecord | null) =>
      record?.status === status && record.lastActivityAtMs === lastActivityAtMs;
    return this.#change(threadId, (record) => (isAsFound(record) ? CLOSED : null), {
      lastActivityAtMs,
    });
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
    const shown = record && shownStatusOf(record);
    const isShown = topic?.shownStatus === shown && topic?.isClosed === (status === 'closed');
    if (topic && !isShown) await this.sync.syncTopic(threadId);
    if (!record || !(await this.timers.isHere(record))) return;
    if (record.waitingSinceMs !== undefined) await this.timers.customerWaits(threadId, record);
    // A thread that comes from another desk is silent there from now on.
    else if (status === 'answered') await this.timers.schedule('silence', threadId);
  }

  /**
   * @param wanted What to change of the record as it stands; null for nothing.
   * @param found What must not have changed, beside what every change rests on.
   */
  async #change(
    threadId: string,
    wanted: Decision,
    found: ThreadExpectation = {},
  ): Promise<ThreadChange> {
    for (;;) {
      const before = await this.threads.find(threadId);
      const changes = await wanted(before);
      if (!changes) return { changed: false, isUnseen: false };
      if (!before) await this.threads.claim(threadId, this.settings.desk);
      // Whoever has it then may not be at work any more.
      const isReopened = before?.status === 'closed' && changes.status !== 'closed';
      const expected = {
        status: before?.status ?? 'waiting',
        customer: before?.customer,
        waitingSinceMs: before?.waitingSinceMs,
        ...(isReopened && { assigneeId: before.assigneeId, claimId: before.claimId }),
        ...found,
      } as const;
      const left = isReopened ? UNCLAIMED : {};
      // Nothing is known of what a new card shows.
      const card = changes.card ? { cardDigest: null } : {};
      const stored = { ...changes, ...left, ...card, lastActivityAtMs: this.clock.now() };
      const isDone = await this.threads.updateIf(threadId, expected, stored);
      if (!isDone) continue;
      // First, because agents see this; and whatever becomes of the one, the other is done.
      try {
        return await this.#show(threadId, before, changes);
      } finally {
        await this.#setTimers(threadId, before, changes);
      }
    }
  }

  /** An agent answers: how long the customer has waited. */
  #waited(record: ThreadRecord | null): Waiting {
    const { waitingSinceMs: sinceMs, firstReplyMs } = record ?? {};
    const nobody = { waitingSinceMs: null, overdueSinceMs: null };
    if (sinceMs === undefined) return nobody;
    const nowMs = this.clock.now();
    const { hours } = this.settings;
    const waitMs = hours
      ? hours.clock.workingMsBetween(sinceMs, nowMs)
      : Math.max(0, nowMs - sinceMs);
    return { ...nobody, firstReplyMs: firstReplyMs ?? waitMs, lastReplyMs: waitMs };
  }

  async #setTimers(
    threadId: string,
    before: ThreadRecord | null,
    { status, waitingSinceMs, lastReplyMs }: Change,
  ): Promise<void> {
    if (typeof lastReplyMs === 'number') {
      const kind = before?.firstReplyMs === undefined ? 'first' : 'next';
      const { desk } = this.settings;
      this.deskEvents.emit('replyTimed', { threadId, desk, kind, waitMs: lastReplyMs });
    }
    if (typeof waitingSinceMs === 'number') {
      await this.timers.customerWaits(threadId, { ...before, waitingSinceMs });
    } else if (status === 'closed') await this.timers.ended(threadId);
    else if (waitingSinceMs === null) await this.timers.answered(threadId);
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
    const shown = shownStatusOf({
      status,
      overdueSinceMs: status === 'waiting' ? before?.overdueSinceMs : undefined,
    });
    const isShown =
      status === before?.status &&
      topic?.shownStatus === shown &&
      topic.isClosed === (status === 'closed');
    if (topic && (isRenamed || !isShown)) await this.sync.syncTopic(threadId);
    if (before?.card && isOnCard(before, { status, ...details }))
      await this.cards.refresh(threadId);
    const isUnseen = before !== null && (!topic || topic.isGone === true);
    return { changed: status !== before?.status, isUnseen };
  }
}

/** Whether the card shows something that is changed. A change that brings a card itself is shown by that. */
function isOnCard(before: ThreadRecord, { card, ...changes }: Change): boolean {
  if (card !== undefined) return false;
  const fields: Readonly<Record<string, unknown>> = { ...before };
  return Object.entries(changes).some(
    ([field, value]) =>
      value !== undefined && JSON.stringify(value) !== JSON.stringify(fields[field] ?? null),
  );
}
