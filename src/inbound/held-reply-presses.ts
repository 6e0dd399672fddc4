import { Injectable } from '@nestjs/common';
import { SEND_COMMAND, STOP_COMMAND } from '../agents/agents.constants.js';
import { numberOf } from '../agents/claims/claim-buttons.js';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { ButtonPress } from '../updates/button-press.js';
import { HeldReplies } from './held-replies.js';
import { ReplyAuthors } from './reply-authors.js';
import { ReplyDeletionIntake } from './reply-deletion-intake.js';
import { HANDLED, type AcceptedUpdate } from './update-handler.interface.js';

/** What a person reads at once who has pressed a button. */
export interface PressResult {
  readonly words: string;
  readonly accepted: AcceptedUpdate;
}

/**
 * Takes the buttons for replies that wait because another agent has the thread. To stop one is to delete it: a reply that
 * still waits is not handed over. One that the app has got by then is deleted there, if its author wants it.
 */
@Injectable()
export class HeldReplyPresses {
  constructor(
    private readonly held: HeldReplies,
    private readonly deletions: ReplyDeletionIntake,
    private readonly authors: ReplyAuthors,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
  ) {}

  /** Whether a button is one of these. */
  isFor(command: string): boolean {
    return command === STOP_COMMAND || command === SEND_COMMAND;
  }

  /**
   * @param argument What the button carries: the id of the reply in the chat of the button.
   * @throws When it could not be stored.
   */
  async accept(
    press: ButtonPress,
    updateId: number,
    threadId: string,
    command: string,
    argument: string,
  ): Promise<PressResult> {
    const message = { chatId: press.message.chatId, messageId: numberOf(argument) ?? 0 };
    return command === SEND_COMMAND
      ? this.#send(message)
      : this.#stop(press, updateId, threadId, message);
  }

  async #send(message: MessageRef): Promise<PressResult> {
    const { texts } = this.settings;
    const event = await this.held.find(message);
    if (!event) return { words: texts.plain('replySentBefore'), accepted: HANDLED };
    const isSent = await this.held.release(event);
    return { words: texts.plain(isSent ? 'replySent' : 'replyStoppedBefore'), accepted: HANDLED };
  }

  async #stop(
    { agent }: ButtonPress,
    updateId: number,
    threadId: string,
    message: MessageRef,
  ): Promise<PressResult> {
    const { texts } = this.settings;
    if (!(await this.held.find(message))) {
      const author = await this.authors.find(message);
      if (author?.agentId !== agent.id) {
        return { words: texts.plain('replySentBefore'), accepted: HANDLED };
      }
    }
    const atMs = this.clock.now();
    const accepted = await this.deletions.accept({ updateId, threadId, agent, message, atMs });
    await this.held.end({ threadId, message });
    const words = texts.plain(accepted ? 'replyStopped' : 'replyStoppedBefore');
    return { words, accepted: accepted ?? HANDLED };
  }
}
