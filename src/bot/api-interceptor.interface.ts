import type { BotApiMethod } from './bot-api-types.js';

/** A call that was made. */
export interface ApiCall {
  readonly method: BotApiMethod;
  readonly params: object;
}

/** Is told how calls end, before whoever made them. Never rejects. */
export interface ApiInterceptor {
  succeeded(call: ApiCall, result: unknown): Promise<void>;
  failed(call: ApiCall, error: unknown): Promise<void>;
}
