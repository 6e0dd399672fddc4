import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { PlacedMessage } from '../threads/placed-message.interface.js';
import type { Failure } from './failures/failure.interface.js';
import type { AgentNoticeCode, AgentNotifiedJob } from './jobs/agent-notified-job.interface.js';
import { OutboundEnqueuer } from './outbound-enqueuer.js';

/**
 * Queues what one agent is told about a message of theirs, in the chat where it stands, whichever desk has that.
 *
 * Every method throws when the job could not be stored.
 */
@Injectable()
export class AgentNotices {
  constructor(private readonly jobs: OutboundEnqueuer) {}

  /**
   * Notifies an agent about a message of theirs.
   *
   * @param dedupId Notices of one code and one such id are posted once in 24 hours or more; by default
   * one for each message.
   */
  async notify(
    code: AgentNoticeCode,
    inReplyTo: PlacedMessage,
    details: Omit<AgentNotifiedJob, 'v' | 'type' | 'code' | 'inReplyTo' | 'limit'> = {},
    dedupId = `${inReplyTo.chatId}:${inReplyTo.messageId}`,
  ): Promise<void> {
    const { chatId, messageId } = inReplyTo;
    // All ephemeral messages have the id 0, and those of one thread are not to wait for, or to go with, those of others.
    const key = `agent:${chatId}:${messageId || dedupId}`;
    const job = { v: 1, type: 'agent.notified', inReplyTo, code, ...details } as const;
    await this.jobs.enqueueForChat(chatId, key, `${code}:${dedupId}`, job);
  }

  /** Has the note of a failure show how that stands now. */
  async showFailure({ jobId, threadId, target }: Failure): Promise<void> {
    const { chatId, messageId } = target;
    const job = { v: 1, type: 'failure.shown', threadId, failedJobId: jobId } as const;
    const id = `failure:${jobId}:${randomUUID()}`;
    await this.jobs.enqueueForChat(chatId, `agent:${chatId}:${messageId}`, id, job);
  }

  /** Has the buttons removed of what was posted about a reply that was held, behind that. */
  async endHold(threadId: string, { chatId, messageId }: MessageRef): Promise<void> {
    const job = { v: 1, type: 'hold.ended', threadId, reply: { chatId, messageId } } as const;
    const name = `${chatId}:${messageId}`;
    await this.jobs.enqueueForChat(chatId, `agent:${name}`, `hold-ended:${name}`, job);
  }

  /**
   * Shows an agent the last messages of a thread, behind what waits of the thread.
   *
   * @param id Of what the agent has done: one answer for each.
   */
  async showHistory(
    id: string,
    inReplyTo: PlacedMessage,
    threadId: string,
    limit: number,
  ): Promise<void> {
    const about = { code: 'history', inReplyTo, threadId, limit } as const;
    const job = { v: 1, type: 'agent.notified', ...about } as const;
    const { chatId } = inReplyTo;
    await this.jobs.enqueueForChat(chatId, `thread:${threadId}`, `history:${id}`, job);
  }
}
