import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { DeskDirectory } from '../desk/desk-directory.js';
import { ErrorDescriber } from '../errors/index.js';
import type { ReplyTarget } from '../events/thread-reply.interface.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { PostedMessages } from '../threads/posted-messages.js';
import type { AgentMessage } from './agent-message.js';

/** Finds out which message of the customer a reply answers. */
@Injectable()
export class ReplyTargets {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly posted: PostedMessages,
    private readonly desks: DeskDirectory,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(ReplyTargets.name, errors);
  }

  /** Undefined when the reply answers no notice, or nothing is known of it. Never rejects: the reply is worth more. */
  async of({ answered }: AgentMessage): Promise<ReplyTarget | undefined> {
    if (answered.kind !== 'notice') return undefined;
    const { message, quote } = answered;
    const messageId = await this.#messageIdOf(message).catch((error: unknown) => {
      this.#logger.warn(
        `Which message a reply answers is not known: ${this.#logger.describe(error)}`,
      );
      return null;
    });
    if (messageId === null && quote === undefined) return undefined;
    return { ...(messageId !== null && { messageId }), ...(quote !== undefined && { quote }) };
  }

  /** The desk of the chat has posted it, also when the thread has another one by now. */
  async #messageIdOf(notice: MessageRef): Promise<string | null> {
    const desk = await this.desks.ofChat(notice.chatId);
    return (desk?.posted ?? this.posted).find(notice);
  }
}
