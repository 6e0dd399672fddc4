import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import type { CommandEvent } from '../events/stored-event.interface.js';
import { isSameMessage } from '../threads/handled-replies.js';
import { ThreadCards } from '../threads/thread-cards.js';
import type { ThreadRecord } from '../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { CommandKeyboard } from './command-keyboard.js';
import { KeyboardEditor } from './keyboard-editor.js';

/** The share of the rate limit that greying leaves to messages. */
const RESERVED_SHARE = 0.5;

/** Greys the button of a card while its command is carried out. */
@Injectable()
export class PressedButtons {
  readonly #logger: ThrottledLogger;
  readonly #reserve: number;

  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly keyboard: CommandKeyboard,
    private readonly editor: KeyboardEditor,
    private readonly cards: ThreadCards,
    { rateLimit }: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#reserve = Math.floor(rateLimit.messages * RESERVED_SHARE);
    this.#logger = new ThrottledLogger(PressedButtons.name, errors);
  }

  /** Greys the button, where the rate limit has room for it. Never rejects, because the command matters more. */
  async begin({ threadId, message, name, step }: CommandEvent): Promise<boolean> {
    if (step !== 'run') return false;
    try {
      const record = await this.threads.find(threadId);
      if (!record?.card || !isSameMessage(record.card, message)) return false;
      const keyboard = this.keyboard.whilePressed(threadId, record, name);
      return (await this.editor.show(message, keyboard, this.#reserve)) === true;
    } catch (error) {
      this.#logger.debug(`A pressed button was not greyed: ${this.#logger.describe(error)}`);
      return false;
    }
  }

  /** Has the card show its buttons as they are to be. @throws When that could not be stored. */
  async end({ threadId }: CommandEvent): Promise<void> {
    await this.cards.refresh(threadId, { isForced: true });
  }

  /** How the thread stands, on which its buttons depend. @throws When the store does not answer. */
  async stateOf({ threadId }: CommandEvent): Promise<ThreadRecord | undefined> {
    return (await this.threads.find(threadId)) ?? undefined;
  }
}
