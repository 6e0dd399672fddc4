import type { BotApiMethod } from './bot-api-types.js';

/** A call that was made. */
export interface MadeCall {
  readonly method: BotApiMethod;
  readonly params: object;
}

/** Is told how calls end, before whoever made them. Never rejects. */
export interface CallObserver {
  succeeded(call: MadeCall, result: unknown): Promise<void>;
  failed(call: MadeCall, error: unknown): Promise<void>;
}
