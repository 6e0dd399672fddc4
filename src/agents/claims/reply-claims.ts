import { Injectable } from '@nestjs/common';
import type { ClaimSettings } from '../../config/group-settings.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { DeskStorage } from '../../storage/desk-storage.js';
import type { TtlStore } from '../../storage/ttl-store.js';
import { type Assignee, ThreadClaims } from '../../threads/thread-claims.js';
import type { AgentMessage } from '../../inbound/agent-message.js';
import { albumIdOf } from '../../updates/message-files.js';
import { messageRefOf, placedMessageOf } from '../../updates/message-ref-of.js';
import { CollisionNotices } from './collision-notices.js';

/** What becomes of a reply: it goes to the customer, it waits first, or the customer does not get it. */
export type ReplyDecision =
  { readonly kind: 'deliver' | 'refuse' } | { readonly kind: 'hold'; readonly holdMs: number };

const DELIVER: ReplyDecision = { kind: 'deliver' };

/** Telegram delivers an update again for 24 hours at most. */
const DECISION_LIFE_MS = 25 * 60 * 60 * 1000;

/** What was decided on a reply first; plain JSON. */
type Decided = Pick<Assignee, 'name'> & {
  /** Undefined where no other agent has the thread. */
  readonly assigneeId?: number | undefined;
};

/** Decides on each reply by whose the thread is. The first one takes a thread that nobody has. */
@Injectable()
export class ReplyClaims {
  /** By update, what was decided when it came first. */
  readonly #decided: TtlStore;

  constructor(
    private readonly claims: ThreadClaims,
    private readonly notices: CollisionNotices,
    private readonly settings: TelegramSettings,
    storage: DeskStorage,
  ) {
    this.#decided = storage.ttlStore('decided', DECISION_LIFE_MS);
  }

  /** @throws When the store does not answer. */
  async decide(update: AgentMessage, threadId: string): Promise<ReplyDecision> {
    const { claims } = this.settings;
    if (!claims) return DELIVER;
    const { message, agent } = update;
    const assignee = await this.#otherAgentOf(update, threadId);
    if (!assignee) return DELIVER;
    const albumId = albumIdOf(message);
    const policy = policyFor(claims, albumId);
    const id = albumId === undefined ? `update:${update.id}` : `album:${albumId}`;
    const placed = placedMessageOf(message);
    await this.notices.tell({ id, threadId, message: placed, agent, assignee, policy });
    if (policy === 'hold') return { kind: 'hold', holdMs: claims.holdMs };
    return policy === 'refuse' ? { kind: 'refuse' } : DELIVER;
  }

  /** The agent who has had the thread when the reply came first; null where it is their own, or nobody's. */
  async #otherAgentOf(update: AgentMessage, threadId: string): Promise<Assignee | null> {
    const key = `update:${update.id}`;
    const known = await this.#decided.get(key);
    const decided: Decided = JSON.parse(known ?? (await this.#decide(key, update, threadId)));
    const { assigneeId: id, name } = decided;
    return id === undefined ? null : { id, name };
  }

  async #decide(key: string, update: AgentMessage, threadId: string): Promise<string> {
    const assignee = await this.#assigneeOf(update, threadId);
    const isOther = assignee !== null && assignee.id !== update.agent.id;
    const decided: Decided = isOther ? { assigneeId: assignee.id, name: assignee.name } : {};
    return this.#decided.setIfAbsent(key, JSON.stringify(decided));
  }

  /** Nobody knows who writes as an anonymous administrator, so nobody takes a thread that way. */
  #assigneeOf({ id, message, agent }: AgentMessage, threadId: string): Promise<Assignee | null> {
    if (agent.anonymous) return this.claims.find(threadId);
    const claimId = `update:${id}`;
    const atMs = message.date * 1000;
    return this.claims.take({ id: claimId, threadId, agent, message: messageRefOf(message), atMs });
  }
}

/** One button cannot take several files back, so those of an album do not wait. */
function policyFor(
  { policy }: ClaimSettings,
  albumId: string | undefined,
): ClaimSettings['policy'] {
  return policy === 'hold' && albumId !== undefined ? 'warn' : policy;
}
