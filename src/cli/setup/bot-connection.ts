import { HttpService } from '@nestjs/axios';
import type { UserFromGetMe } from '@grammyjs/types';
import { BotApiClient } from '../../bot/bot-api-client.js';
import { DEFAULT_OPTIONS } from '../../config/default-options.js';
import { apiRootOf } from '../../config/option-problems.js';
import { VARIABLES } from '../../config/environment-variables.js';
import { isTransient, problemOfRefusal } from '../../desk/desk-problems.js';
import { BotApiError } from '../../errors/index.js';
import { BotToken } from '../../secrets/bot-token.js';
import { CommandError } from '../command.error.js';

/** The bot of a token that Telegram knows. */
export interface ConnectedBot {
  readonly api: BotApiClient;
  readonly user: UserFromGetMe;
}

/**
 * Asks Telegram which bot a token is of.
 *
 * @returns Null when Telegram does not know the token.
 * @throws {@link CommandError} When Telegram does not answer.
 */
export async function connectBot(token: string, signal: AbortSignal): Promise<ConnectedBot | null> {
  const apiRoot = apiRootOf({ apiRoot: process.env[VARIABLES.apiRoot] });
  const timeoutMs = DEFAULT_OPTIONS.requestTimeoutMs;
  const api = new BotApiClient(new HttpService(), {
    token: new BotToken(token),
    apiRoot,
    timeoutMs,
  });
  try {
    return { api, user: await api.call('getMe', undefined, { signal }) };
  } catch (error) {
    api.close();
    if (!(error instanceof BotApiError)) throw error;
    if (error.errorCode === 401 || error.errorCode === 404) return null;
    if (isTransient(error)) {
      throw new CommandError(
        `Telegram does not answer: ${error.message}. Check that this machine reaches ${apiRoot}`,
        { cause: error },
      );
    }
    throw new CommandError(problemOfRefusal(error, '').finding, { cause: error });
  }
}
