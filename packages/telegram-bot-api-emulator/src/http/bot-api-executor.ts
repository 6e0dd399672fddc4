import type { ApiResponse } from '@grammyjs/types';
import type { FileStore } from '../files/file-store.js';
import type { FloodDelay } from '../floods/flood-delay.js';
import type { BotAccount } from '../world/bot-account.js';
import { BotApiError } from '../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess } from './bot-api-method.js';
import type { BotApiRequest } from './call-reader.js';

/** An answer of the Bot API. */
export interface BotApiAnswer {
  /** The HTTP status, which is 200 or the error code. */
  readonly status: number;
  readonly response: ApiResponse<unknown>;
}

/** What the executor works with. */
export interface BotApiExecutorContext {
  readonly bots: readonly BotAccount[];
  readonly methods: readonly BotApiMethod[];
  readonly floodDelay: FloodDelay;
  readonly files: FileStore;
  /** Says something that whoever writes the test should see. */
  readonly log: (line: string) => void;
}

const MAX_TOKEN_LENGTH = 80;

/** Performs calls: checks the token, finds the method, puts result or error into the envelope. */
export class BotApiExecutor {
  readonly #context: BotApiExecutorContext;
  readonly #methods: ReadonlyMap<string, BotApiMethod>;

  constructor(context: BotApiExecutorContext) {
    this.#context = context;
    this.#methods = new Map(context.methods.map((method) => [method.name.toLowerCase(), method]));
  }

  /** The bot with this token. */
  findBot(token: string): BotAccount | undefined {
    return this.#context.bots.find((bot) => bot.token === token);
  }

  /**
   * Performs a call; never rejects. Only what has to wait is answered by a promise: whoever sees
   * the message of a call finds the call answered.
   */
  execute(request: BotApiRequest, signal: AbortSignal): BotApiAnswer | Promise<BotApiAnswer> {
    const fail = (error: unknown): BotApiAnswer => this.#explain(request, error);
    try {
      const bot = this.findBot(request.token) ?? refuseToken(request.token);
      const known = this.#find(request.method);
      const { parameters } = request;
      const chatId = parameters.text('chat_id');
      const key = chatId === '' ? undefined : `${bot.id} ${chatId}`;
      const success = this.#context.floodDelay.perform(key, () =>
        known.call({ bot, parameters, signal }),
      );
      const answer = (said: BotApiSuccess): BotApiAnswer => this.#answer(bot, said);
      return success instanceof Promise ? success.then(answer).catch(fail) : answer(success);
    } catch (error) {
      return fail(error);
    }
  }

  /** Files have other ids for each bot. */
  #answer(bot: BotAccount, { result, description }: BotApiSuccess): BotApiAnswer {
    const localized = this.#context.files.localize(result, bot.id);
    const said = description === undefined ? {} : { description };
    return { status: 200, response: { ok: true, result: localized, ...said } };
  }

  #explain({ method }: BotApiRequest, error: unknown): BotApiAnswer {
    if (error instanceof BotApiError) return createErrorAnswer(error);
    // A bug of the emulator; said to the client too, since nobody may read the log.
    this.#context.log(`${method} failed inside the emulator: ${String(error)}`);
    return createErrorAnswer(new BotApiError(500, `Internal Server Error: ${String(error)}`));
  }

  #find(method: string): BotApiMethod {
    const known = this.#methods.get(method.toLowerCase());
    if (known) return known;
    this.#context.log(
      `${method || 'A call without a method'} was answered with 404: the emulator does not know this method`,
    );
    throw new BotApiError(404, 'Not Found: method not found');
  }
}

/** What is no token at all is answered otherwise than a wrong one (telegram-bot-api, ClientManager.cpp:73-85). */
function refuseToken(token: string): never {
  const isToken = /^[1-9]\d*:/.test(token) && token.length <= MAX_TOKEN_LENGTH;
  throw new BotApiError(401, isToken ? 'Unauthorized' : 'Unauthorized: invalid token specified');
}

/** The envelope of an error (telegram-bot-api, Query.h:214-235). */
export function createErrorAnswer({
  errorCode,
  description,
  parameters,
}: Pick<BotApiError, 'errorCode' | 'description' | 'parameters'>): BotApiAnswer {
  return {
    status: errorCode,
    response: {
      ok: false,
      error_code: errorCode,
      description,
      ...(parameters && { parameters }),
    },
  };
}
