import type { ArrivalWaiters } from '../world/arrival-waiters.js';
import type { BotAccount } from '../world/bot-account.js';
import type { ButtonAnswer } from '../world/callback-queries.js';

/** Shorter than the time test runners give a test, so that its error is seen. */
const DEFAULT_TIMEOUT_MS = 4_000;

/** The press of a button, which the bot is to answer. */
export class ButtonPress {
  readonly #waiters: ArrivalWaiters;
  readonly #bot: BotAccount;

  /** @internal Use `EmulatedAgent.press()`. */
  constructor(
    waiters: ArrivalWaiters,
    bot: BotAccount,
    /** The id of the callback query. */
    readonly id: string,
    /** The callback data of the button. */
    readonly data: string,
  ) {
    this.#waiters = waiters;
    this.#bot = bot;
  }

  /** What the person sees of the bot's answer; undefined while there is none. */
  get answer(): ButtonAnswer | undefined {
    return this.#bot.queries.answerTo(this.id);
  }

  /**
   * Resolves with the bot's answer, at once if it is there already.
   *
   * @param timeoutMs Real milliseconds; then it rejects.
   */
  waitForAnswer(timeoutMs = DEFAULT_TIMEOUT_MS): Promise<ButtonAnswer> {
    return this.#waiters.wait(
      () => this.answer,
      timeoutMs,
      () => `The bot did not answer callback query ${this.id} within ${timeoutMs} ms`,
    );
  }
}
