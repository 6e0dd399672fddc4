import type { ApiResponse } from '@grammyjs/types';
import { BotApiFailure } from './bot-api.failure.js';
import type { BotApiMethod } from './bot-api.method.js';
import type { BotApiRequest } from './call.reader.js';

/** An answer of the Bot API. */
export interface BotApiAnswer {
  /** The HTTP status, which is 200 or the error code. */
  readonly status: number;
  readonly response: ApiResponse<unknown>;
}

const MAX_TOKEN_LENGTH = 80;

/** Performs calls: checks the token, finds the method, puts result or error into the envelope. */
export class BotApiExecutor {
  readonly #token: string;
  readonly #methods: ReadonlyMap<string, BotApiMethod>;

  constructor(token: string, methods: readonly BotApiMethod[]) {
    this.#token = token;
    this.#methods = new Map(methods.map((method) => [method.name.toLowerCase(), method]));
  }

  execute({ token, method, parameters }: BotApiRequest): BotApiAnswer {
    try {
      this.#checkToken(token);
      const known = this.#methods.get(method.toLowerCase());
      if (!known) throw new BotApiFailure(404, 'Not Found: method not found');
      const { result, description } = known.call(parameters);
      const said = description === undefined ? {} : { description };
      return { status: 200, response: { ok: true, result, ...said } };
    } catch (error) {
      if (error instanceof BotApiFailure) return createErrorAnswer(error);
      // A bug of the emulator; said to the client, since nobody else would see it.
      return createErrorAnswer(new BotApiFailure(500, `Internal Server Error: ${String(error)}`));
    }
  }

  /** What is no token at all is told apart from a wrong one (telegram-bot-api, ClientManager.cpp:73-85). */
  #checkToken(token: string): void {
    if (token === this.#token) return;
    const isToken = /^[1-9]\d*:/.test(token) && token.length <= MAX_TOKEN_LENGTH;
    throw new BotApiFailure(
      401,
      isToken ? 'Unauthorized' : 'Unauthorized: invalid token specified',
    );
  }
}

/** The envelope of an error (telegram-bot-api, Query.h:214-235). */
export function createErrorAnswer({
  errorCode,
  description,
  parameters,
}: Pick<BotApiFailure, 'errorCode' | 'description' | 'parameters'>): BotApiAnswer {
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
