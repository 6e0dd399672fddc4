import { BotApiError } from '../common/bot-api.error.js';
import { type BotApiParameters, parseLeadingInteger } from './bot-api-parameters.js';

const MAX_MESSAGES = 100;

/**
 * Reads `message_ids`.
 *
 * @throws {@link BotApiError}
 */
export function readMessageIds(parameters: BotApiParameters): number[] {
  let ids: unknown;
  try {
    ids = parameters.json('message_ids');
  } catch {
    throw BotApiError.of(400, "can't parse message identifiers JSON object");
  }
  if (ids === undefined) throw BotApiError.of(400, 'message identifiers are not specified');
  if (!Array.isArray(ids)) throw BotApiError.of(400, 'expected an Array of message identifiers');
  if (ids.length === 0) throw BotApiError.of(400, 'message identifiers are not specified');
  if (ids.length > MAX_MESSAGES) {
    throw BotApiError.of(400, 'too many message identifiers specified');
  }
  return ids.map((id: unknown) => {
    const messageId = parseLeadingInteger(String(id));
    if (messageId <= 0) throw BotApiError.of(400, 'invalid message identifier specified');
    return messageId;
  });
}
