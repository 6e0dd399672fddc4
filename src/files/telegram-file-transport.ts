import type { HttpService } from '@nestjs/axios';
import type { Readable } from 'node:stream';
import type { Clock } from '../common/clock.js';
import { setDeadline } from '../common/deadline.js';
import { TelegramFileError, type TelegramFileProblem } from '../errors/index.js';
import { FileDownload } from './file-download.js';
import type { FileRange } from './file-range.interface.js';
import type { OpenTelemetry } from '../telemetry/open-telemetry.js';
import { BotApiConnections } from '../bot/bot-api-connections.js';
import type { BotApiClientOptions } from '../bot/bot-api-transport.js';
import { failureOfRequest } from '../bot/transport-failure.js';

/** Downloads files from the Bot API. The token, which is in the URL, is in none of its errors. */
export class TelegramFileTransport {
  readonly #http: HttpService;
  readonly #options: Required<BotApiClientOptions>;
  readonly #clock: Clock;
  readonly #telemetry: OpenTelemetry | null;
  readonly #connections = new BotApiConnections();

  constructor(
    http: HttpService,
    options: Required<BotApiClientOptions>,
    clock: Clock,
    telemetry: OpenTelemetry | null = null,
  ) {
    this.#telemetry = telemetry;
    this.#http = http;
    this.#options = options;
    this.#clock = clock;
  }

  /**
   * Resolves with the bytes when the first of them are there.
   *
   * @param path The `file_path` that `getFile` has returned.
   * @throws {@link TelegramFileError} When there is no file, or no answer in time.
   */
  async download(path: string, range?: FileRange): Promise<Readable> {
    const request = () => this.#request(path, range);
    const { status, data, headers } = await (this.#telemetry?.silently(request) ?? request());
    const isPart = status === 206;
    const isExpected = isPart ? startOf(headers['content-range']) === range?.start : status === 200;
    if (!isExpected) {
      data.destroy();
      throw new TelegramFileError(problemOf(status), `Telegram answered HTTP ${status}`);
    }
    return new FileDownload(data, {
      skip: isPart ? 0 : (range?.start ?? 0),
      length: range ? range.end - range.start + 1 : Infinity,
      stallMs: this.#options.timeoutMs,
      clock: this.#clock,
    });
  }

  /** Closes the idle connections. */
  close(): void {
    this.#connections.close();
  }

  async #request(path: string, range: FileRange | undefined) {
    const { apiRoot, token, timeoutMs, redactor } = this.#options;
    const timeout = new AbortController();
    const deadline = setDeadline(this.#clock, timeoutMs, () => timeout.abort());
    const name = path.split('/').map((part) => encodeURIComponent(part));
    try {
      return await this.#http.axiosRef.request<Readable>({
        method: 'GET',
        url: `${apiRoot}/file/bot${token.reveal()}/${name.join('/')}`,
        headers: range ? { Range: `bytes=${range.start}-${range.end}` } : {},
        httpAgent: this.#connections.httpAgent,
        httpsAgent: this.#connections.httpsAgent,
        signal: timeout.signal,
        maxRedirects: 0,
        responseType: 'stream',
        decompress: false,
        validateStatus: () => true,
      });
    } catch (error) {
      const { reason } = failureOfRequest(error, timeoutMs);
      throw new TelegramFileError('unavailable', redactor.redact(reason));
    } finally {
      deadline.cancel();
    }
  }
}

/** The offset of the first byte of a part. */
function startOf(contentRange: unknown): number {
  return Number(/^bytes (\d+)-/.exec(String(contentRange))?.[1]);
}

function problemOf(status: number): TelegramFileProblem {
  return status === 404 || status === 410 ? 'gone' : 'unavailable';
}
