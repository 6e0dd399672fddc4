import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { PostedMessages } from '../threads/posted-messages.js';
import type { Agent } from '../updates/agent.js';
import { EventIntake } from './event-intake.js';
import { HANDLED, type AcceptedUpdate } from './update-handler.interface.js';

/** Somebody who has changed their reactions to a message of a thread. */
export interface ReactingAgent {
  readonly updateId: number;
  readonly threadId: string;
  readonly agent: Agent;
  readonly message: MessageRef;
  readonly atMs: number;
}

/** Puts what agents change of their reactions into the queue of the thread. */
@Injectable()
export class ReactionIntake {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly posted: PostedMessages,
    private readonly intake: EventIntake,
    private readonly settings: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(ReactionIntake.name, errors);
  }

  /** @throws When it could not be stored. */
  async accept(
    { updateId, ...reacting }: ReactingAgent,
    added: readonly string[],
    removed: readonly string[],
  ): Promise<AcceptedUpdate> {
    const [gained, lost] = [this.#reported(added), this.#reported(removed)];
    if (gained.length + lost.length === 0) return HANDLED;
    const id = `reaction:${updateId}`;
    return this.intake.enqueue(id, {
      v: 1,
      type: 'reaction',
      id,
      desk: this.settings.desk,
      ...reacting,
      messageId: await this.#messageIdOf(reacting.message),
      added: gained,
      removed: lost,
    });
  }

  /** The emoji that deletes a reply is a command to the desk, and says nothing to a customer. */
  #reported(reactions: readonly string[]): string[] {
    return reactions.filter((each) => each !== this.settings.reactions.deleted);
  }

  /** The reaction is worth more than the id. */
  async #messageIdOf(message: MessageRef): Promise<string | undefined> {
    try {
      return (await this.posted.find(message)) ?? undefined;
    } catch (error) {
      this.#logger.warn(
        `Which message a reaction is on is not known: ${this.#logger.describe(error)}`,
      );
      return undefined;
    }
  }
}
