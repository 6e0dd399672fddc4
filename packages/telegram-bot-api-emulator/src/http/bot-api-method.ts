import type { BotApiParameters } from '../parameters/bot-api-parameters.js';
import type { BotAccount } from '../world/bot-account.js';

/** A call on its way through a method. */
export interface MethodCall {
  /** Whose token the call came with. */
  readonly bot: BotAccount;
  readonly parameters: BotApiParameters;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** What a method that succeeds answers. */
export interface BotApiSuccess {
  readonly result: unknown;
  /** Only the webhook methods say something beside the result. */
  readonly description?: string;
}

/** A method of the Bot API. */
export interface BotApiMethod {
  /** As the documentation spells it. */
  readonly name: string;

  /** @throws {@link BotApiError} When Telegram refuses the call. */
  call(call: MethodCall): BotApiSuccess | Promise<BotApiSuccess>;
}
