import type { HttpService } from '@nestjs/axios';
import { TelegramConfigError } from '../errors/index.js';
import type { ApiCall, ApiInterceptor } from './api-interceptor.interface.js';
import { parseEnvelope } from './bot-api-envelope.js';
import { foreignAnswerError, refusalError } from './bot-api-error.factory.js';
import { BotApiTransport, type BotApiClientOptions } from './bot-api-transport.js';
import type { BotApiMethod, BotApiParams, BotApiResult } from './bot-api-types.js';
import type { Upload } from './upload.interface.js';

const NO_IDENTITY = {
  option: 'botToken or adminChatId',
  got: 'nothing',
  wants: 'both are needed to call the Bot API',
};

/** How one call differs from the others. */
export interface BotApiCallOptions {
  /** Aborts the call; Telegram may have carried it out all the same. */
  readonly signal?: AbortSignal;
  /**
   * How long the call may take.
   *
   * @default the option `requestTimeoutMs`
   */
  readonly timeoutMs?: number;
  /** @internal Whether the caller holds a permit of the rate limiter, so that the call is not counted again. */
  readonly hasPermit?: boolean;
  /** @internal Gets the `Date` header of the answer. */
  readonly onDate?: ((header: string) => void) | undefined;
  /** @internal The files of the call; the parameters name each by `attach://<field>`. */
  readonly files?: readonly Upload[];
}

/**
 * Calls the Bot API: one HTTP request a call, no retries.
 *
 * Idle connections are kept open, because a support desk is mostly idle and a new TLS connection
 * costs more than the call.
 *
 * @publicApi
 *
 * @example
 * const poll = await telegram.api.call('sendPoll', {
 *   chat_id: chatId,
 *   question: 'Lunch?',
 *   options: [{ text: 'Yes' }, { text: 'No' }],
 * });
 */
export class BotApiClient {
  readonly #transport: BotApiTransport | null;
  readonly #interceptors: ApiInterceptor[] = [];

  /** @internal The module makes its own; without options every call throws. */
  constructor(http: HttpService, options: BotApiClientOptions | null) {
    this.#transport = options && new BotApiTransport(http, options);
  }

  /** @internal Wraps all calls from now on in the interceptor, outside of the interceptors before it. */
  use(interceptor: ApiInterceptor): void {
    this.#interceptors.push(interceptor);
  }

  /**
   * Calls a method of the Bot API and returns its `result`. Parameters that are `null` or
   * `undefined` are left out: Telegram would read a top-level `null` as the word "null".
   *
   * @throws {@link BotApiRateLimitError} When Telegram answers 429.
   * @throws {@link BotApiTransportError} When no answer of Telegram's arrives in time.
   * @throws {@link BotApiError} When Telegram refuses the call.
   * @throws {@link TelegramConfigError} When the module is disabled.
   */
  async call<M extends BotApiMethod>(
    method: M,
    params?: BotApiParams<M>,
    options: BotApiCallOptions = {},
  ): Promise<BotApiResult<M>> {
    // Not in the signature: the declarations that users get have no internal options.
    const { hasPermit = false, ...rest } = options;
    const transport = this.#transport;
    if (!transport) throw new TelegramConfigError([NO_IDENTITY]);
    const prepared = this.#interceptors.reduce<object>(
      (given, interceptor) => interceptor.prepare?.(method, given) ?? given,
      params ?? {},
    );
    const call: ApiCall = { method, params: prepared, hasPermit, signal: rest.signal };
    const next = this.#interceptors.reduce(
      (inner, interceptor) => () => interceptor.intercept(call, inner),
      () => request<M>(transport, method, call.params, rest),
    );
    return next();
  }

  /** Closes the idle connections. */
  close(): void {
    this.#transport?.close();
  }
}

async function request<M extends BotApiMethod>(
  transport: BotApiTransport,
  method: M,
  params: object,
  { onDate, ...options }: Omit<BotApiCallOptions, 'hasPermit'>,
): Promise<BotApiResult<M>> {
  const { response, mayHaveBeenSent } = await transport.post(method, params, options);
  const date: unknown = response.headers['date'];
  if (typeof date === 'string') onDate?.(date);
  const envelope = parseEnvelope<BotApiResult<M>>(response.data);
  if (!envelope) throw foreignAnswerError(method, response, mayHaveBeenSent);
  if (!envelope.ok) throw refusalError(method, envelope, transport.redactor);
  return envelope.result;
}
