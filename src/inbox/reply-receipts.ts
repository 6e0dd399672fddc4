import { Logger } from '@nestjs/common';
import type { BotApiClient } from '../bot-api/bot-api.client.js';
import { within } from '../clock/within.js';
import { toError } from '../errors/index.js';
import type { MessageRef } from '../threads/message-ref.interface.js';

/** What an agent sees on a message of theirs that the app has taken. */
const TAKEN = '👍';

/** Shows agents which of their replies the app has taken, without a message that costs budget. */
export class ReplyReceipts {
  readonly #logger = new Logger(ReplyReceipts.name);
  readonly #api: BotApiClient;
  readonly #underWay = new Set<Promise<void>>();

  constructor(api: BotApiClient) {
    this.#api = api;
  }

  /** Sets the reaction in the background: a thread does not wait for it. */
  confirm(message: MessageRef): void {
    const reaction = this.#react(message).finally(() => this.#underWay.delete(reaction));
    this.#underWay.add(reaction);
  }

  /** Resolves when no reaction is under way, or after `graceMs` of real time. */
  async settled(graceMs: number): Promise<void> {
    await within(Promise.all(this.#underWay), graceMs).catch((error: unknown) => {
      this.#logger.warn(`Some replies got no receipt: ${toError(error).message}`);
    });
  }

  async #react({ chatId, messageId }: MessageRef): Promise<void> {
    try {
      await this.#api.call('setMessageReaction', {
        chat_id: chatId,
        message_id: messageId,
        reaction: [{ type: 'emoji', emoji: TAKEN }],
      });
    } catch (error) {
      const reason = toError(error).message;
      this.#logger.warn(`The app took message ${messageId}, but it got no receipt: ${reason}`);
    }
  }
}
