/** The leave to make one call. */
export interface SendPermit {
  /**
   * Says that Telegram has answered, or never will. The call counts from here on: Telegram saw it
   * earlier, so a window that has passed since then has passed for Telegram too.
   */
  release(): Promise<void>;
}

/** A permit, or how long there will be none. */
export type RateLimitDecision =
  | { readonly granted: true; readonly permit: SendPermit }
  | { readonly granted: false; readonly waitMs: number };

/** Keeps the desk within what Telegram lets the admin chat receive, so that no 429 is provoked. */
export abstract class ChatRateLimiter {
  /**
   * Asks to make a call, which is granted as a whole or not at all. One that costs more than the
   * window holds is granted when the window is empty.
   *
   * @param cost As many messages as the call counts, see `costOfCall`. 1 by default.
   */
  abstract acquire(cost?: number): Promise<RateLimitDecision>;

  /** Counts a call that was made without asking. */
  abstract record(cost?: number): Promise<void>;

  /** Grants nothing for `durationMs`, because Telegram said so. */
  abstract pause(durationMs: number): Promise<void>;

  /** How long Telegram still wants to hear nothing; 0 when it takes messages. */
  abstract pausedMs(): Promise<number>;
}
