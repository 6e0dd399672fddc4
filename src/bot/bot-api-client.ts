import type { HttpService } from '@nestjs/axios';
import type { AxiosResponse } from 'axios';
import { firstValueFrom } from 'rxjs';
import { setDeadline } from '../common/deadline.js';
import { SystemClock } from '../common/system-clock.js';
import {
  BotApiError,
  BotApiRateLimitError,
  BotApiTransportError,
  TelegramConfigError,
} from '../errors/index.js';
import type { BotToken } from '../secrets/bot-token.js';
import { Redactor } from '../secrets/redactor.js';
import { BotApiConnections } from './bot-api-connections.js';
import { parseEnvelope, type BotApiEnvelope } from './bot-api-envelope.js';
import type { BotApiMethod, BotApiParams, BotApiResult } from './bot-api-types.js';
import type { ApiInterceptor } from './api-interceptor.interface.js';
import { RequestWriteTracker } from './request-write-tracker.js';
import { failureOfAnswer, failureOfRequest } from './transport-failure.js';

/** No answer of the Bot API comes near this. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

const NO_IDENTITY = {
  option: 'botToken or adminChatId',
  got: 'nothing',
  wants: 'both are needed to call the Bot API',
};

/** Where and how {@link BotApiClient} calls. */
export interface BotApiClientOptions {
  readonly token: BotToken;
  readonly apiRoot: string;
  readonly timeoutMs: number;
  /**
   * Takes secrets out of what Telegram and the HTTP library say.
   *
   * @default one that knows the token
   */
  readonly redactor?: Redactor;
}

/** How one call is made. */
type PreparedCall = BotApiClientOptions & { readonly signal: AbortSignal | undefined };

/** What one call wants to be different. */
export interface BotApiCallOptions {
  /** Gives the call up when it is aborted; Telegram may have carried it out all the same. */
  readonly signal?: AbortSignal;
  /**
   * How long the call may take.
   *
   * @default the option `requestTimeoutMs`
   */
  readonly timeoutMs?: number;
}

/**
 * Calls the Bot API: one HTTP request a call, no retries.
 *
 * Idle connections are kept open, because a support desk is mostly idle and a new TLS connection
 * costs more than the call.
 *
 * @example
 * const poll = await telegram.api.call('sendPoll', {
 *   chat_id: chatId,
 *   question: 'Lunch?',
 *   options: [{ text: 'Yes' }, { text: 'No' }],
 * });
 *
 * @publicApi
 */
export class BotApiClient {
  readonly #http: HttpService;
  readonly #clock = new SystemClock();
  readonly #options: BotApiClientOptions | null;
  readonly #redactor: Redactor;
  readonly #connections: BotApiConnections;
  readonly #observer: ApiInterceptor | undefined;

  /** @internal The module makes its own; without options every call throws. */
  constructor(
    http: HttpService,
    options: BotApiClientOptions | null,
    connections = new BotApiConnections(),
    observer?: ApiInterceptor,
  ) {
    this.#http = http;
    this.#options = options;
    this.#redactor = options?.redactor ?? new Redactor({ token: options?.token });
    this.#connections = connections;
    this.#observer = observer;
  }

  /** @internal A client over the same connections that tells how its calls end. */
  interceptedBy(observer: ApiInterceptor): BotApiClient {
    return new BotApiClient(this.#http, this.#options, this.#connections, observer);
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
    { timeoutMs, signal }: BotApiCallOptions = {},
  ): Promise<BotApiResult<M>> {
    if (!this.#options) throw new TelegramConfigError([NO_IDENTITY]);
    const call = { method, params: params ?? {} };
    const options = {
      ...this.#options,
      timeoutMs: timeoutMs ?? this.#options.timeoutMs,
      signal,
    };
    let result;
    try {
      result = await this.#ask<M>(options, call);
    } catch (error) {
      await this.#observer?.failed(call, error);
      throw error;
    }
    await this.#observer?.succeeded(call, result);
    return result;
  }

  /** Closes the idle connections. */
  close(): void {
    this.#connections.close();
  }

  async #ask<M extends BotApiMethod>(
    options: PreparedCall,
    { method, params }: { readonly method: M; readonly params: object },
  ): Promise<BotApiResult<M>> {
    const witness = new RequestWriteTracker();
    const response = await this.#post(options, method, params, witness);
    const envelope = parseEnvelope<BotApiResult<M>>(response.data);
    if (!envelope) throw foreignAnswer(method, response, witness.mayHaveBeenSent);
    if (!envelope.ok) throw refusalOf(method, envelope, this.#redactor);
    return envelope.result;
  }

  async #post(
    { token, apiRoot, timeoutMs, signal }: PreparedCall,
    method: string,
    params: object,
    witness: RequestWriteTracker,
  ): Promise<AxiosResponse<string>> {
    if (signal?.aborted) {
      throw new BotApiTransportError(method, { reason: 'given up', maybePerformed: false });
    }
    const late = new AbortController();
    const deadline = setDeadline(this.#clock, timeoutMs, () => late.abort());
    try {
      return await firstValueFrom(
        this.#http.request<string>({
          method: 'POST',
          url: `${apiRoot}/bot${token.reveal()}/${method}`,
          data: JSON.stringify(withoutNulls(params)),
          headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
          httpAgent: this.#connections.httpAgent,
          httpsAgent: this.#connections.httpsAgent,
          transport: witness.transport,
          signal: AbortSignal.any([late.signal, ...(signal ? [signal] : [])]),
          maxRedirects: 0,
          maxContentLength: MAX_ANSWER_BYTES,
          responseType: 'text',
          transformResponse: (body: string) => body,
          validateStatus: () => true,
        }),
      );
    } catch (error) {
      // The HTTP library's error holds the URL, and with it the token, so it must not be the cause.
      const limit = signal?.aborted ? 'aborted' : timeoutMs;
      const failure = failureOfRequest(error, limit, witness.mayHaveBeenSent);
      throw new BotApiTransportError(method, {
        ...failure,
        reason: this.#redactor.redact(failure.reason),
      });
    } finally {
      deadline.cancel();
    }
  }
}

/** An answer that is not Telegram's, such as its front end's page; that too may ask for a pause. */
function foreignAnswer(
  method: string,
  { status, headers }: AxiosResponse<string>,
  mayHaveLeft: boolean | undefined,
): BotApiError {
  const failure = failureOfAnswer(status, mayHaveLeft);
  if (status !== 429) return new BotApiTransportError(method, failure);
  const parameters = { retry_after: Number(headers['retry-after']) };
  return new BotApiRateLimitError(method, {
    errorCode: 429,
    description: failure.reason,
    parameters,
  });
}

function withoutNulls(params: object): object {
  return Object.fromEntries(
    Object.entries(params).filter(([, value]) => value !== null && value !== undefined),
  );
}

function refusalOf(
  method: string,
  { error_code: errorCode, description, parameters }: BotApiEnvelope<unknown> & { ok: false },
  redactor: Redactor,
): BotApiError {
  const failure = { errorCode, description: redactor.redact(description), parameters };
  return errorCode === 429
    ? new BotApiRateLimitError(method, failure)
    : new BotApiError(method, failure);
}
