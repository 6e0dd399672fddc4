/** Permission to make one call. */
export interface SendPermit {
  /**
   * Call it when Telegram has answered, or never will. The call counts from here on: Telegram saw it
   * earlier, so a window that has passed since then has passed for Telegram too.
   */
  release(): Promise<void>;
}

/** A permit, or the milliseconds after which to ask again. */
export type RateLimitDecision =
  | { readonly granted: true; readonly permit: SendPermit }
  | { readonly granted: false; readonly waitMs: number };

/** Keeps the desk within the rate limit of the admin chat, so that Telegram answers no call with 429. */
export abstract class ChatRateLimiter {
  /**
   * Asks for a permit, which is granted for the whole call or not at all. A call that costs more than the
   * limit is granted when the window is empty.
   *
   * @param cost How many messages the call counts for, see `costOfCall`. 1 by default.
   * @param reserve How many messages the window has to hold besides, for calls that matter more. 0 by default.
   */
  abstract acquire(cost?: number, reserve?: number): Promise<RateLimitDecision>;

  /** Counts a call that was made without a permit. */
  abstract record(cost?: number): Promise<void>;

  /** Grants nothing for `durationMs`, because Telegram has asked for a pause. */
  abstract pause(durationMs: number): Promise<void>;

  /** Milliseconds until the current `retry_after` expires; 0 if none. */
  abstract pausedMs(): Promise<number>;

  /**
   * The share of the limit that the window holds, from 0 to 1, calls that are under way included. A pause is not seen in it.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  abstract used(): Promise<number>;
}
