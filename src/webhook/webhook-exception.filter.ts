import type { IncomingHttpHeaders } from 'node:http';
import { Catch, HttpException, Inject, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { toError } from '../errors/index.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSecretGuard } from './telegram-secret.guard.js';

/**
 * Answers what was thrown before or around the webhook with its own status, which an exception filter
 * of the app might change. Says in the log when it was an update of Telegram's that the app refused:
 * nobody else would.
 */
@Catch()
export class WebhookExceptionFilter extends BaseExceptionFilter {
  readonly #logger = new SafeLogger(WebhookExceptionFilter.name);
  readonly #guard: TelegramSecretGuard;

  constructor(@Inject(TelegramSecretGuard) guard: TelegramSecretGuard) {
    super();
    this.#guard = guard;
  }

  override catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { headers } = http.getRequest<{ readonly headers: IncomingHttpHeaders }>();
    if (this.httpAdapterHost?.httpAdapter.isHeadersSent(http.getResponse())) {
      const { name } = toError(exception);
      this.#logger.debug(`Telegram has its answer; what ran after it failed: ${name}`);
      return;
    }
    if (this.#guard.admits(headers)) this.#complain(exception);
    // oxlint-disable-next-line promise/valid-params -- The catch of a filter, not of a promise.
    super.catch(exception, host);
  }

  #complain(exception: unknown): void {
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    this.#logger.error(
      `This app answered an update of Telegram's with ${status} (${toError(exception).name}) before the desk had it: agents' replies wait until that is mended. A global guard, pipe or interceptor refuses the webhook: exempt it by webhookDecorators, such as [Public()] or [SkipThrottle()]`,
    );
  }
}
