import type { IncomingHttpHeaders } from 'node:http';
import { Catch, HttpException, Inject, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { SafeLogger } from '../common/safe-logger.js';
import { toError } from '../errors/index.js';
import { SECRET_HEADER, type WebhookSecrets } from '../secrets/webhook-secrets.js';
import { WebhookRejections } from './webhook-rejections.js';
import { WEBHOOK_SECRETS } from './webhook.constants.js';

/**
 * Answers exceptions around the webhook with their own status, which an exception filter of the app
 * might change. Logs when the app itself rejected an update of Telegram's: nobody else would notice.
 */
@Catch()
export class WebhookExceptionFilter extends BaseExceptionFilter {
  readonly #logger = new SafeLogger(WebhookExceptionFilter.name);
  readonly #secrets: WebhookSecrets | null;
  readonly #rejections: WebhookRejections;
  readonly #adapterHost: HttpAdapterHost;

  constructor(
    @Inject(WEBHOOK_SECRETS) secrets: WebhookSecrets | null,
    @Inject(WebhookRejections) rejections: WebhookRejections,
    @Inject(HttpAdapterHost) adapterHost: HttpAdapterHost,
  ) {
    super();
    this.#secrets = secrets;
    this.#rejections = rejections;
    this.#adapterHost = adapterHost;
  }

  override catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    if (this.#adapterHost.httpAdapter.isHeadersSent(http.getResponse())) {
      const { name } = toError(exception);
      this.#logger.debug(`An update was answered, then ${name} was thrown around the webhook`);
      return;
    }
    const { headers } = http.getRequest<{ readonly headers: IncomingHttpHeaders }>();
    if (this.#secrets?.accepts(headers[SECRET_HEADER])) this.#logRejection(exception);
    else if (this.#secrets) this.#rejections.emit({ reason: 'secret' });
    // oxlint-disable-next-line promise/valid-params -- The catch of a filter, not of a promise.
    super.catch(exception, host);
  }

  #logRejection(exception: unknown): void {
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    this.#rejections.emit({ reason: 'app', status });
    this.#logger.error(
      `A global guard, pipe or interceptor rejected a Telegram update with ${status} (${toError(exception).name}). Agents' replies are blocked until the webhook is exempt, for example by webhookDecorators: [Public()] or [SkipThrottle()]`,
    );
  }
}
