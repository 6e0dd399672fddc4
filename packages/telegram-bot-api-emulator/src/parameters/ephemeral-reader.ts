import { BotApiError } from '../common/bot-api.error.js';
import { TextError } from '../text/text.error.js';
import type { BotApiParameters } from './bot-api-parameters.js';
import { isJsonObject, optionalBoolean, optionalString, requiredInteger } from './json-fields.js';

/** To whom an ephemeral message is to go, and why. */
export interface EphemeralRequest {
  readonly receiverId: number;
  /** The press of a button that it answers; empty without one. */
  readonly queryId: string;
  /** Whether the person is to see it in the place of the message with the button. */
  readonly replacesMessage: boolean;
}

/**
 * Reads `ephemeral_message_parameters`; undefined where the message is for all. The server that knows the parameter
 * is not published, so the errors are inferred from those of `reply_parameters`.
 *
 * @throws {@link BotApiError}
 */
export function readEphemeral(parameters: BotApiParameters): EphemeralRequest | undefined {
  let request: unknown;
  try {
    request = parameters.json('ephemeral_message_parameters');
  } catch {
    throw BotApiError.of(400, "can't parse ephemeral message parameters JSON object");
  }
  if (request === undefined) return undefined;
  if (!isJsonObject(request)) {
    throw BotApiError.of(400, 'object expected as ephemeral message parameters');
  }
  try {
    const receiverId = requiredInteger(request, 'receiver_user_id');
    if (receiverId <= 0) throw new TextError('invalid receiver_user_id specified');
    return {
      receiverId,
      queryId: optionalString(request, 'callback_query_id'),
      replacesMessage: optionalBoolean(request, 'replace_callback_query_message'),
    };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiError.of(400, error.message);
  }
}
