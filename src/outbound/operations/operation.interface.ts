import type { BotApiParams } from '../../bot/bot-api-types.js';

/** The methods by which the desk works in its chat; each has a builder. */
export type OperationMethod = 'sendMessage';

/** One thing that the desk does in the admin chat, wherever that is. */
export interface Operation<M extends OperationMethod = OperationMethod> {
  readonly method: M;
  /** All but the destination. */
  readonly params: Omit<BotApiParams<M>, 'chat_id'>;
  /** How much of the chat's rate limit it takes, see `costOfCall`. */
  readonly cost: number;
  /** What to do instead when Telegram cannot parse its markup. */
  readonly withoutMarkup?: Operation<M>;
}
