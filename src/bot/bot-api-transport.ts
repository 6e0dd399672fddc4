import type { HttpService } from '@nestjs/axios';
import type { AxiosResponse } from 'axios';
import { setDeadline } from '../common/deadline.js';
import { SystemClock } from '../common/system-clock.js';
import { BotApiTransportError } from '../errors/index.js';
import type { BotToken } from '../secrets/bot-token.js';
import { Redactor } from '../secrets/redactor.js';
import { BotApiConnections } from './bot-api-connections.js';
import { MultipartBody } from './multipart-body.js';
import { RequestWriteTracker } from './request-write-tracker.js';
import { failureOfRequest } from './transport-failure.js';
import type { Upload } from './upload.interface.js';

/** No answer of the Bot API comes near this. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** A connection that uploads less in a millisecond is given up. */
const LEAST_BYTES_PER_MS = 100;

/** Where and how the Bot API is called. */
export interface BotApiClientOptions {
  readonly token: BotToken;
  readonly apiRoot: string;
  readonly timeoutMs: number;
  /**
   * Removes secrets from the errors of Telegram and the HTTP library.
   *
   * @default one that removes the token
   */
  readonly redactor?: Redactor;
}

/** How long one request may take, what aborts it, and which files it has. */
export interface RequestOptions {
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The parameters name each by `attach://<field>`. */
  readonly files?: readonly Upload[] | undefined;
}

/** The answer to one request, whatever its status. */
export interface TransportAnswer {
  readonly response: AxiosResponse<string>;
  /** Whether the server may have read some of the request; undefined when the request was not tracked. */
  readonly mayHaveBeenSent: boolean | undefined;
}

/** Makes one HTTP request for each call, over connections that stay open. */
export class BotApiTransport {
  readonly redactor: Redactor;
  readonly #http: HttpService;
  readonly #clock = new SystemClock();
  readonly #options: BotApiClientOptions;
  readonly #connections = new BotApiConnections();

  constructor(http: HttpService, options: BotApiClientOptions) {
    this.#http = http;
    this.#options = options;
    this.redactor = options.redactor ?? new Redactor({ token: options.token });
  }

  /**
   * Files get a second more for each 100 kB.
   *
   * @throws {@link BotApiTransportError} When there is no answer in time.
   * @throws {@link UnreadableUploadError} When a file cannot be read.
   */
  async post(
    method: string,
    params: object,
    { timeoutMs = this.#options.timeoutMs, signal, files = [] }: RequestOptions,
  ): Promise<TransportAnswer> {
    if (signal?.aborted) {
      throw new BotApiTransportError(method, { reason: 'given up', maybePerformed: false });
    }
    const given = withoutNulls(params);
    const multipart = files.length > 0 ? new MultipartBody(given, files) : undefined;
    const limitMs = timeoutMs + Math.ceil((multipart?.length ?? 0) / LEAST_BYTES_PER_MS);
    const tracker = new RequestWriteTracker();
    const timeout = new AbortController();
    const deadline = setDeadline(this.#clock, limitMs, () => timeout.abort());
    try {
      // Without the Observable of `request()`, which makes a cancellation error at the end of each call.
      const response = await this.#http.axiosRef.request<string>({
        method: 'POST',
        url: `${this.#options.apiRoot}/bot${this.#options.token.reveal()}/${method}`,
        data: multipart?.stream ?? JSON.stringify(given),
        headers: { ...headersOf(multipart), Accept: 'application/json' },
        httpAgent: this.#connections.httpAgent,
        httpsAgent: this.#connections.httpsAgent,
        transport: tracker.transport,
        signal: signal ? AbortSignal.any([timeout.signal, signal]) : timeout.signal,
        maxRedirects: 0,
        maxBodyLength: -1,
        maxContentLength: MAX_ANSWER_BYTES,
        responseType: 'text',
        transformResponse: (body: string) => body,
        validateStatus: () => true,
      });
      return { response, mayHaveBeenSent: mayHaveBeenSent(tracker, multipart) };
    } catch (error) {
      if (multipart?.failure) throw multipart.failure;
      // The HTTP library's error holds the URL, and with it the token, so it must not be the cause.
      const limit = signal?.aborted ? 'aborted' : limitMs;
      const failure = failureOfRequest(error, limit, mayHaveBeenSent(tracker, multipart));
      throw new BotApiTransportError(method, {
        ...failure,
        reason: this.redactor.redact(failure.reason),
      });
    } finally {
      deadline.cancel();
      multipart?.close();
    }
  }

  /** Closes the idle connections. */
  close(): void {
    this.#connections.close();
  }
}

function headersOf(multipart: MultipartBody | undefined): Record<string, string> {
  if (!multipart) return { 'Content-Type': 'application/json' };
  return { 'Content-Type': multipart.contentType, 'Content-Length': String(multipart.length) };
}

/** No server carries out a call of which it has not got the end. */
function mayHaveBeenSent(
  tracker: RequestWriteTracker,
  multipart: MultipartBody | undefined,
): boolean | undefined {
  return multipart?.isComplete === false ? false : tracker.mayHaveBeenSent;
}

function withoutNulls(params: object): object {
  return Object.fromEntries(
    Object.entries(params).filter(([, value]) => value !== null && value !== undefined),
  );
}
