import type { BotApiParameters } from '../parameters/bot-api.parameters.js';

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

  /** @throws {@link BotApiFailure} When Telegram refuses the call. */
  call(parameters: BotApiParameters): BotApiSuccess;
}
