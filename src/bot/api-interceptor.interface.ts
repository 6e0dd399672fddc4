import type { BotApiMethod } from './bot-api-types.js';

/** A call of the Bot API that is being made. */
export interface ApiCall {
  readonly method: BotApiMethod;
  readonly params: object;
  /** Whether the caller holds a permit of the chat's rate limiter for this call. */
  readonly hasPermit: boolean;
}

/** Stands around every call of a {@link BotApiClient}: to count calls, to measure them. */
export interface ApiInterceptor {
  /**
   * Makes the call by `next` and gives back what that gives. It may wait before and after, and must
   * neither swallow nor replace an error.
   */
  intercept<T>(call: ApiCall, next: () => Promise<T>): Promise<T>;
}
