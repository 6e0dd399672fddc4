import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import type { ReplyTarget } from '../events/thread-reply.interface.js';
import { PostedMessages } from '../threads/posted-messages.js';
import type { AgentMessage } from './agent-message.js';

/** Finds out which message of the customer a reply answers. */
@Injectable()
export class ReplyTargets {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly posted: PostedMessages,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(ReplyTargets.name, errors);
  }

  /** Undefined when the reply answers no notice, or nothing is known of it. Never rejects: the reply is worth more. */
  async of({ answered }: AgentMessage): Promise<ReplyTarget | undefined> {
    if (answered.kind !== 'notice') return undefined;
    const { message, quote } = answered;
    const messageId = await this.posted.find(message).catch((error: unknown) => {
      this.#logger.warn(
        `Which message a reply answers is not known: ${this.#logger.describe(error)}`,
      );
      return null;
    });
    if (messageId === null && quote === undefined) return undefined;
    return { ...(messageId !== null && { messageId }), ...(quote !== undefined && { quote }) };
  }
}
