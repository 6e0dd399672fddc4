import type { BotApiParams } from '../../bot/bot-api-types.js';
import type { Upload } from '../../bot/upload.interface.js';

/** The methods by which the desk works in its chat; each kind has a builder. */
export type OperationMethod =
  | 'sendMessage'
  | 'sendPhoto'
  | 'sendVideo'
  | 'sendAudio'
  | 'sendVoice'
  | 'sendDocument'
  | 'sendMediaGroup'
  | 'editMessageText'
  | 'editMessageReplyMarkup'
  | 'editMessageCaption';

/** All parameters but the destination. */
export type OperationParams<M extends OperationMethod = OperationMethod> = M extends OperationMethod
  ? Omit<BotApiParams<M>, 'chat_id'>
  : never;

/** One thing that the desk does in the admin chat, wherever that is. */
export interface Operation<M extends OperationMethod = OperationMethod> {
  readonly method: M;
  readonly params: OperationParams<M>;
  /** The files that the parameters name. */
  readonly files: readonly Upload[];
  /** How much of the chat's rate limit it takes, see `costOfCall`. */
  readonly cost: number;
  /** What to do instead when Telegram cannot parse its markup. */
  readonly withoutMarkup?: Operation<M> | undefined;
}
