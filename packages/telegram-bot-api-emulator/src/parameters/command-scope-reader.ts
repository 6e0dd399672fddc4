import { BotApiError } from '../common/bot-api.error.js';
import { TextError } from '../text/text.error.js';
import type { BotApiParameters } from './bot-api-parameters.js';
import { isJsonObject, requiredInteger, requiredString } from './json-fields.js';

/** For whom commands are, as a call says it. */
export type CommandScopeRequest =
  | {
      readonly type:
        'default' | 'all_private_chats' | 'all_group_chats' | 'all_chat_administrators';
    }
  | {
      readonly type: 'chat' | 'chat_administrators';
      /** An id or an @username. */
      readonly chatId: string;
    }
  | { readonly type: 'chat_member'; readonly chatId: string; readonly userId: number };

/**
 * Reads `scope`; without one it is the default (telegram-bot-api, Client.cpp:10576-10637).
 *
 * @throws {@link BotApiError}
 */
export function readCommandScope(parameters: BotApiParameters): CommandScopeRequest {
  let scope: unknown;
  try {
    scope = parameters.json('scope');
  } catch {
    throw BotApiError.of(400, "can't parse BotCommandScope JSON object");
  }
  if (scope === undefined) return { type: 'default' };
  try {
    return parseScope(scope);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiError.of(400, `can't parse BotCommandScope: ${error.message}`);
  }
}

function parseScope(scope: unknown): CommandScopeRequest {
  if (!isJsonObject(scope)) throw new TextError('BotCommandScope must be an Object');
  const type = requiredString(scope, 'type');
  switch (type) {
    case 'default':
    case 'all_private_chats':
    case 'all_group_chats':
    case 'all_chat_administrators':
      return { type };
    case 'chat':
    case 'chat_administrators':
    case 'chat_member': {
      const chatId = requiredString(scope, 'chat_id');
      if (chatId === '') throw new TextError('Empty chat_id specified');
      if (type !== 'chat_member') return { type, chatId };
      const userId = requiredInteger(scope, 'user_id');
      if (userId <= 0) throw new TextError('Invalid user_id specified');
      return { type, chatId, userId };
    }
    default:
      throw new TextError('Unsupported type specified');
  }
}
