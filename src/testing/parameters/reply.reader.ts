import { BotApiFailure } from '../http/bot-api.failure.js';
import type { BotApiParameters } from './bot-api.parameters.js';
import { isJsonObject, optionalBoolean, optionalString, requiredInteger } from './json.fields.js';
import { TextError } from '../text/text.error.js';

/** What a call wants to reply to. */
export interface ReplyRequest {
  /** 0: nothing. */
  readonly messageId: number;
  /** Another chat than the one that is written to; empty otherwise. */
  readonly chatId: string;
  readonly allowSendingWithoutReply: boolean;
  /** The part of the message that is quoted; empty without one. */
  readonly quote: string;
}

const NO_REPLY: ReplyRequest = {
  messageId: 0,
  chatId: '',
  allowSendingWithoutReply: false,
  quote: '',
};

/**
 * Reads `reply_parameters`, or where they are absent the older `reply_to_message_id` and
 * `allow_sending_without_reply`.
 *
 * @throws {@link BotApiFailure}
 */
export function readReply(parameters: BotApiParameters): ReplyRequest {
  if (!parameters.has('reply_parameters')) {
    return {
      ...NO_REPLY,
      messageId: parameters.messageId('reply_to_message_id'),
      allowSendingWithoutReply: parameters.boolean('allow_sending_without_reply'),
    };
  }
  let reply: unknown;
  try {
    reply = parameters.json('reply_parameters');
  } catch {
    throw BotApiFailure.of(400, "can't parse reply parameters JSON object");
  }
  if (reply === undefined) return NO_REPLY;
  if (!isJsonObject(reply)) throw BotApiFailure.of(400, 'object expected as reply parameters');
  try {
    return {
      chatId: optionalString(reply, 'chat_id'),
      messageId: Math.max(0, requiredInteger(reply, 'message_id')),
      allowSendingWithoutReply: optionalBoolean(reply, 'allow_sending_without_reply'),
      quote: optionalString(reply, 'quote'),
    };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiFailure.of(400, error.message);
  }
}
