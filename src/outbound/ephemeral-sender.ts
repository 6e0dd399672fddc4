import type { InlineKeyboardMarkup } from '@grammyjs/types';
import type { Html } from '../notices/html.js';
import type { Pause } from '../queue/job-processor.interface.js';
import type { PlacedMessage } from '../threads/placed-message.interface.js';

/** How an ephemeral message differs from others. */
export interface EphemeralOptions {
  /** The press that it answers. Within 15 seconds of that a bot needs no rights (Bot API, ephemeral messages). */
  readonly callbackQueryId?: string | undefined;
  /** The ephemeral message of the agent that it answers, within the same time. */
  readonly ephemeralMessageId?: number | undefined;
  /** The buttons below it. Their data are signed for message 0: that is the id of each ephemeral message. */
  readonly keyboard?: InlineKeyboardMarkup | undefined;
  /** The thread that it is about, which it refers to unseen, so that its buttons find the thread. */
  readonly threadId?: string | undefined;
}

/** Sends messages that one agent alone sees. */
export abstract class EphemeralSender {
  /**
   * Tells one agent something.
   *
   * @param place The message that it is about, in whose topic it stands; `messageId: 0` for none.
   * @param userId The Telegram user id of the agent.
   * @returns Whether Telegram has taken it, or how long to wait for the rate limit, or until Telegram may be reached again.
   * @throws When the store does not answer.
   */
  abstract send(
    place: PlacedMessage,
    userId: number,
    content: Html,
    options?: EphemeralOptions,
  ): Promise<boolean | Pause>;
}
