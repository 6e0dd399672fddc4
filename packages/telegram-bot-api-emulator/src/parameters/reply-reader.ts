import { BotApiError } from '../common/bot-api.error.js';
import { BotApiParameters } from './bot-api-parameters.js';
import { readFormattedText } from './input-text-reader.js';
import {
  isJsonObject,
  type JsonObject,
  optionalBoolean,
  optionalInteger,
  optionalString,
  requiredInteger,
} from './json-fields.js';
import type { FormattedText } from '../text/formatted-text.interface.js';
import { TextError } from '../text/text.error.js';

/** What a call wants to reply to. */
export interface ReplyRequest {
  /** 0: nothing. */
  readonly messageId: number;
  /** The ephemeral message that is replied to instead; 0: none. */
  readonly ephemeralMessageId: number;
  /** Another chat than the one that is written to; empty otherwise. */
  readonly chatId: string;
  readonly allowSendingWithoutReply: boolean;
  /** The part of the message that is quoted; empty without one. */
  readonly quote: FormattedText;
  /** About where the quote begins, in UTF-16 code units. */
  readonly quotePosition: number;
}

const NO_REPLY: ReplyRequest = {
  messageId: 0,
  ephemeralMessageId: 0,
  chatId: '',
  allowSendingWithoutReply: false,
  quote: { text: '', entities: [] },
  quotePosition: 0,
};
const QUOTE = { text: 'quote', parseMode: 'quote_parse_mode', entities: 'quote_entities' };

/**
 * Reads `reply_parameters`, or where they are absent the older `reply_to_message_id` and
 * `allow_sending_without_reply`.
 *
 * @throws {@link BotApiError}
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
    throw BotApiError.of(400, "can't parse reply parameters JSON object");
  }
  if (reply === undefined) return NO_REPLY;
  if (!isJsonObject(reply)) throw BotApiError.of(400, 'object expected as reply parameters');
  try {
    const ephemeralMessageId = Math.max(0, optionalInteger(reply, 'ephemeral_message_id'));
    const readMessageId = ephemeralMessageId === 0 ? requiredInteger : optionalInteger;
    return {
      chatId: optionalString(reply, 'chat_id'),
      messageId: Math.max(0, readMessageId(reply, 'message_id')),
      ephemeralMessageId,
      allowSendingWithoutReply: optionalBoolean(reply, 'allow_sending_without_reply'),
      quote: readQuote(reply),
      quotePosition: Math.max(0, optionalInteger(reply, 'quote_position')),
    };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiError.of(400, error.message);
  }
}

function readQuote(reply: JsonObject): FormattedText {
  for (const name of [QUOTE.text, QUOTE.parseMode]) optionalString(reply, name);
  return readFormattedText(BotApiParameters.of(reply), QUOTE);
}
