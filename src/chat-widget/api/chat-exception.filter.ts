import {
  Catch,
  HttpException,
  Inject,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { ErrorDescriber, TelegramArgumentError } from '../../errors/index.js';
import {
  ChatHttpError,
  isChatErrorCode,
  type ChatErrorBody,
  type ChatErrorCode,
} from '../chat-http.error.js';
import { RETRY_AFTER_SECONDS } from './accepted.js';

/** What the status of an exception of Nest or of the app means. */
const CODES: Readonly<Record<number, ChatErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  413: 'too_large',
  415: 'unsupported_type',
  429: 'too_many',
  503: 'unavailable',
};

/**
 * Answers exceptions in the form that clients of the chat know. What is none of HTTP, such as an error of a store, may
 * work later: it is a 503, and the log says what it was. What cannot be sent is refused for good.
 */
@Catch()
export class ChatExceptionFilter implements ExceptionFilter {
  readonly #logger: ThrottledLogger;

  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(ErrorDescriber) errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger('SupportChat', errors);
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = this.#errorOf(thrown);
    const { httpAdapter } = this.adapterHost;
    const response = host.switchToHttp().getResponse<object>();
    if (httpAdapter.isHeadersSent(response)) return;
    if (error.retryAfterSeconds !== undefined) {
      httpAdapter.setHeader(response, 'Retry-After', String(error.retryAfterSeconds));
    }
    httpAdapter.reply(response, error.getResponse(), error.getStatus());
  }

  #errorOf(thrown: unknown): ChatHttpError {
    if (thrown instanceof ChatHttpError) return thrown;
    if (thrown instanceof HttpException) return ofException(thrown);
    if (thrown instanceof TelegramArgumentError) {
      // The same again would fail again.
      return new ChatHttpError('invalid', `Cannot be sent to agents: ${thrown.fields.join(', ')}`);
    }
    this.#logger.error(`A request failed: ${this.#logger.describe(thrown)}`);
    return new ChatHttpError('unavailable', 'Try again later', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
}

/** Keeps what an exception says in the form of the chat, and gives the others the code of their status. */
function ofException(exception: HttpException): ChatHttpError {
  const body = exception.getResponse();
  const { error, message, retryAfterSeconds }: Partial<Record<keyof ChatErrorBody, unknown>> =
    typeof body === 'object' ? body : {};
  if (isChatErrorCode(error)) {
    const wait = typeof retryAfterSeconds === 'number' && { retryAfterSeconds };
    return new ChatHttpError(error, String(message), { ...wait });
  }
  const status = exception.getStatus();
  const code = CODES[status] ?? (status < 500 ? 'invalid' : 'unavailable');
  return new ChatHttpError(code, exception.message);
}
