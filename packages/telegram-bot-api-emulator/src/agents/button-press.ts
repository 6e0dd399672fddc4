import type { ArrivalWaiters } from '../world/arrival-waiters.js';
import type { BotAccount } from '../world/bot-account.js';
import type { ButtonAnswer } from '../world/callback-queries.js';

/** What was pressed. */
interface Pressed {
  readonly id: string;
  readonly data: string;
  readonly repeat: () => ButtonPress;
}

/** The press of a button, which the bot is to answer. */
export class ButtonPress {
  /** The id of the callback query. */
  readonly id: string;
  /** The callback data of the button. */
  readonly data: string;
  readonly #waiters: ArrivalWaiters;
  readonly #bot: BotAccount;
  readonly #repeat: () => ButtonPress;

  /** @internal Use `EmulatedAgent.press()`. */
  constructor(waiters: ArrivalWaiters, bot: BotAccount, { id, data, repeat }: Pressed) {
    this.#waiters = waiters;
    this.#bot = bot;
    this.id = id;
    this.data = data;
    this.#repeat = repeat;
  }

  /**
   * Lets the app of the person ask once more, as it does when it was closed, or lost its connection, before the
   * answer came (telegram-bot-api#699). The bot gets another update of the one press. That its query
   * has another id is inferred.
   */
  resend(): ButtonPress {
    return this.#repeat();
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
  waitForAnswer(timeoutMs = this.#waiters.timeoutMs): Promise<ButtonAnswer> {
    return this.#waiters.wait(
      () => this.answer,
      timeoutMs,
      () => `The bot did not answer callback query ${this.id} within ${timeoutMs} ms`,
    );
  }
}
