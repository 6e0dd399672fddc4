import type { BotApiMethod } from './bot-api-types.js';

/** A call of the Bot API in progress. */
export interface ApiCall {
  readonly method: BotApiMethod;
  readonly params: object;
  /** Whether the caller holds a permit of the chat's rate limiter for this call. */
  readonly hasPermit: boolean;
  /** By which the caller gives the call up. */
  readonly signal?: AbortSignal | undefined;
}

/** Wraps every call of a {@link BotApiClient}, for example to count or measure calls. */
export interface ApiInterceptor {
  /**
   * Makes the call with `next` and returns its result. It may wait before and after, but must not swallow or
   * replace an error.
   */
  intercept<T>(call: ApiCall, next: () => Promise<T>): Promise<T>;

  /** The parameters with which the call is made; by default as they are. */
  prepare?(method: BotApiMethod, params: object): object;
}
