import { Injectable } from '@nestjs/common';
import type { Html } from '../notices/html.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { ShownReaction } from './jobs/customer-signal-job.interface.js';
import type { DeskNoticeCode, DeskNotifiedJob } from './jobs/desk-notified-job.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import { OutboundEnqueuer } from './outbound-enqueuer.js';

/**
 * Queues lines for all agents of this desk, each once.
 *
 * Every method throws when the job could not be stored.
 */
@Injectable()
export class DeskNotices {
  constructor(private readonly jobs: OutboundEnqueuer) {}

  /**
   * Posts a line about a thread.
   *
   * @param id Of what it is about: one line for each.
   */
  async notifyOfThread(
    code: Exclude<DeskNoticeCode, 'topics_unavailable' | 'told'>,
    threadId: string,
    id: string,
    details: Pick<DeskNotifiedJob, 'desk'> = {},
  ): Promise<void> {
    const job = { v: 1, type: 'desk.notified', code, threadId, ...details } as const;
    await this.jobs.enqueue(`thread:${threadId}`, `${code}:${id}`, job);
  }

  /**
   * Posts a line in a thread, or in the admin chat itself.
   *
   * @param id Of what it is about: one line for each.
   */
  async tell(threadId: string | null, id: string, text: Html): Promise<void> {
    const job: OutboundJob = {
      v: 1,
      type: 'desk.notified',
      code: 'told',
      ...(threadId !== null && { threadId }),
      answer: String(text),
    };
    await this.jobs.enqueue(threadId === null ? 'desk' : `thread:${threadId}`, `told:${id}`, job);
  }

  /**
   * Posts how a customer reacts, which the bot cannot show by a reaction of its own. It is said once of each message.
   *
   * @param target The message in Telegram, or where that is not known the app's id.
   */
  async tellReaction(
    threadId: string,
    { emoji, customer }: ShownReaction,
    target: MessageRef | string,
  ): Promise<void> {
    if (emoji === null) return;
    const isId = typeof target === 'string';
    const id = isId ? JSON.stringify([threadId, target]) : `${target.chatId}:${target.messageId}`;
    const job: OutboundJob = {
      v: 1,
      type: 'action.told',
      action: 'reacted',
      threadId,
      body: { text: '' },
      emoji,
      customer: customer === undefined ? undefined : { name: customer },
      inReplyTo: isId ? undefined : target,
    };
    await this.jobs.enqueue(`thread:${threadId}`, `reacted:${id}`, job);
  }
}
