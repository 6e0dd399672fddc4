import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { Agent } from '../updates/agent.js';
import type { MessageRef } from './message-ref.interface.js';
import { ThreadCards } from './thread-cards.js';
import { ThreadEventPublisher } from './thread-event-publisher.js';
import { ThreadStateRepository } from './thread-state.repository.js';

/** The agent who has a thread. */
export interface Assignee {
  readonly id: number;
  /** Undefined when the app has named none. */
  readonly name?: string | undefined;
}

/** Who has a thread after an agent has tried to take it. */
export interface Holder extends Assignee {
  /** Whether the agent has it by that. */
  readonly isNew: boolean;
}

/** How an agent takes a thread. */
export interface Claim {
  /** The same when it is tried again. */
  readonly id: string;
  readonly threadId: string;
  readonly agent: Agent;
  /** The reply, or the command. */
  readonly message: MessageRef;
  readonly atMs: number;
  /** The id of the agent from whom they take it over. Whoever else has the thread keeps it. */
  readonly from?: number | undefined;
}

/** Says that nobody has a thread. */
export const UNCLAIMED = { assigneeId: null, assigneeName: null, claimId: null } as const;

/**
 * Decides which agent has a thread. The record of the thread says so, and changes only if it is as it was found: of
 * several agents who take a thread at once, in whichever processes, one has it, and the others learn who.
 *
 * Every method throws when the store does not answer, and may be called again then.
 */
@Injectable()
export class ThreadClaims {
  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly events: ThreadEventPublisher,
    private readonly cards: ThreadCards,
    private readonly settings: TelegramSettings,
  ) {}

  /** Who has the thread; null for nobody. */
  async find(threadId: string): Promise<Assignee | null> {
    const { assigneeId: id, assigneeName: name } = (await this.threads.find(threadId)) ?? {};
    return id === undefined ? null : { id, name };
  }

  /**
   * Gives the thread to the agent, unless another one has it, and has the app know.
   *
   * @returns Who has it then.
   */
  async take(claim: Claim): Promise<Holder> {
    const { id, threadId, agent, from } = claim;
    for (;;) {
      const record = await this.threads.find(threadId);
      const { assigneeId, assigneeName, claimId } = record ?? {};
      if (claimId !== id) {
        const isTaken = assigneeId !== undefined && assigneeId !== from;
        if (isTaken || assigneeId === agent.id) {
          return { id: assigneeId, name: assigneeName, isNew: false };
        }
        if (!record) await this.threads.claim(threadId, this.settings.desk);
        const changes = { assigneeId: agent.id, assigneeName: agent.name, claimId: id };
        if (!(await this.threads.updateIf(threadId, { assigneeId, claimId }, changes))) continue;
      }
      // Also when it is tried again, because the process that has stored it may have been killed since.
      await this.#publish('claimed', claim);
      return { id: agent.id, name: agent.name, isNew: true };
    }
  }

  /**
   * Takes the thread from the agent, if they have it, and has the app know.
   *
   * @returns Who has had it; null for nobody.
   */
  async release(claim: Omit<Claim, 'from'>): Promise<Assignee | null> {
    const { id, threadId, agent } = claim;
    for (;;) {
      const { assigneeId, assigneeName, claimId } = (await this.threads.find(threadId)) ?? {};
      const isDone = assigneeId === undefined && claimId === id;
      if (!isDone) {
        if (assigneeId === undefined) return null;
        if (assigneeId !== agent.id) return { id: assigneeId, name: assigneeName };
        const changes = { ...UNCLAIMED, claimId: id };
        if (!(await this.threads.updateIf(threadId, { assigneeId, claimId }, changes))) continue;
      }
      await this.#publish('released', claim);
      return { id: agent.id, name: agent.name };
    }
  }

  /** Gives the thread to an agent, or to nobody, as the app wants it. */
  async assign(threadId: string, agent: Assignee | null): Promise<void> {
    const { id: assigneeId = null, name: assigneeName = null } = agent ?? {};
    const changes = { ...UNCLAIMED, assigneeId, assigneeName };
    await this.threads.update(threadId, changes);
    await this.cards.refresh(threadId);
  }

  async #publish(
    type: 'claimed' | 'released',
    { id, threadId, agent, message: { chatId, messageId }, atMs }: Claim,
  ): Promise<void> {
    const message = { chatId, messageId };
    await this.events.publishChange({ type, id: `${id}:${type}`, threadId, agent, message, atMs });
    await this.cards.refresh(threadId);
  }
}
