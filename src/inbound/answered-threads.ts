import { Injectable } from '@nestjs/common';
import { DeskDirectory } from '../desk/desk-directory.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { ThreadLayout } from '../threads/thread-layout.js';
import type { AgentMessage } from './agent-message.js';

/** Finds the threads of what agents answer in the topics of threads: the customer of that thread may be meant. */
@Injectable()
export class AnsweredThreads {
  constructor(
    private readonly layout: ThreadLayout,
    private readonly desks: DeskDirectory,
  ) {}

  /**
   * The thread of the message that is answered; that of the topic, unless another one is known.
   *
   * @returns Null when it stands elsewhere at a desk of the bot, or is a notice from elsewhere, and nothing is known of
   * it: it may be of any thread.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async of({ answered }: AgentMessage, topicThreadId: string): Promise<string | null> {
    if (answered.kind === 'elsewhere') return null;
    if (answered.kind === 'others' && answered.message) {
      return this.#ofColleague(answered.message, topicThreadId);
    }
    if (answered.kind !== 'notice') return topicThreadId;
    const { message, entities } = answered;
    const isElsewhere = entities === null;
    return (await this.layout.resolve(message, entities)) ?? (isElsewhere ? null : topicThreadId);
  }

  /** What stands in a chat of no desk is only quoted. */
  async #ofColleague(message: MessageRef, topicThreadId: string): Promise<string | null> {
    const threadId = await this.layout.resolve(message, null);
    if (threadId !== null) return threadId;
    return (await this.desks.ofChat(message.chatId)) ? null : topicThreadId;
  }
}
