import { Injectable } from '@nestjs/common';
import type {
  NoHistoryReason,
  NotAReplyReason,
  NotDeletedReason,
} from '../notices/notice-templates.js';
import type { AgentNoticeCode } from '../outbound/jobs/agent-notified-job.interface.js';
import { AgentNotices } from '../outbound/agent-notices.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import type { PlacedMessage } from '../threads/placed-message.interface.js';
import type { Agent } from '../updates/agent.js';
import type { IncomingUpdate } from '../updates/incoming-update.interface.js';
import { placedMessageOf } from '../updates/message-ref-of.js';
import type { AgentMessage } from './agent-message.js';

/** How long an agent who repeats a mistake gets no second hint. */
const HINT_INTERVAL_MS = 60 * 60 * 1000;

/** What an agent should know of a message that has reached no customer, or not yet. */
export type AgentHint = Extract<
  AgentNoticeCode,
  'not_a_reply' | 'reply_edited' | 'reply_waiting' | 'unsupported' | 'unroutable'
>;

/** What a hint is about. */
export type HintTarget = Pick<AgentMessage, 'message'> & Pick<IncomingUpdate, 'id' | 'agent'>;

/** Notifies agents of messages that reached no customer, and says what to do. */
@Injectable()
export class AgentNotifier {
  /** By mistake and agent, the update with which the agent got the hint. */
  readonly #hinted: TtlStore;

  constructor(
    private readonly notices: AgentNotices,
    storage: DeskStorage,
  ) {
    this.#hinted = storage.ttlStore('advice', HINT_INTERVAL_MS);
  }

  /**
   * Sends a hint: once an hour for each mistake of each agent. All who are unknown count as one agent.
   *
   * @throws When it could not be stored.
   */
  async hint(
    { id, message, agent }: HintTarget,
    code: AgentHint,
    reason?: NotAReplyReason,
  ): Promise<void> {
    await this.#hint(`update:${id}`, placedMessageOf(message), agent, code, reason);
  }

  /**
   * Says that the app takes no edits: once an hour to each agent.
   *
   * @param occasion The job of the edit.
   * @throws When it could not be stored.
   */
  async hintOfEdit(occasion: string, message: PlacedMessage, agent: Agent): Promise<void> {
    await this.#hint(occasion, message, agent, 'reply_edited');
  }

  /**
   * Says why something was not deleted: each time, because an agent counts on it being gone.
   *
   * @param occasion What the agent has done, named by its update or job.
   * @throws When it could not be stored.
   */
  async refuseDeletion(
    occasion: string,
    message: PlacedMessage,
    reason: NotDeletedReason,
  ): Promise<void> {
    await this.notices.notify('not_deleted', message, { reason }, occasion);
  }

  /**
   * Shows the last messages of a thread, behind those that wait.
   *
   * @param limit How many.
   * @throws When it could not be stored.
   */
  async showHistory({ id, message }: HintTarget, threadId: string, limit: number): Promise<void> {
    await this.notices.showHistory(`update:${id}`, placedMessageOf(message), threadId, limit);
  }

  /**
   * Says how to see the last messages of a thread: each time, because an agent waits for them.
   *
   * @throws When it could not be stored.
   */
  async refuseHistory({ id, message }: HintTarget): Promise<void> {
    const details = { reason: 'no_thread' satisfies NoHistoryReason };
    await this.notices.notify('history', placedMessageOf(message), details, `update:${id}`);
  }

  /**
   * Says that only registered agents may answer: once a day to each person, so that somebody who keeps
   * writing does not use up the rate limit of the chat.
   *
   * @throws When it could not be stored.
   */
  async refuse({ message, agent }: AgentMessage): Promise<void> {
    await this.notices.notify('not_allowed', placedMessageOf(message), {}, `agent:${agent.id}`);
  }

  async #hint(
    occasion: string,
    message: PlacedMessage,
    agent: Agent | null,
    code: AgentHint,
    reason?: NotAReplyReason,
  ): Promise<void> {
    const mistake = [code, reason, agent?.id ?? 0].join(':');
    // Telegram delivers the update again when storing the notice has failed, so the same occasion passes twice.
    if ((await this.#hinted.setIfAbsent(mistake, occasion)) !== occasion) return;
    await this.notices.notify(code, message, { reason }, occasion);
  }
}
