import { STATUS_CODES } from 'node:http';
import { Body, HttpCode, Inject, Post, Res, UseFilters, UseGuards } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { UpdateRouter } from '../desk/update-router.js';
import { isUpdate } from '../updates/update-validator.js';
import { TelegramSecretGuard } from './telegram-secret.guard.js';
import { WebhookExceptionFilter } from './webhook-exception.filter.js';

/** After how long Telegram should repeat an update that could not be stored. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Receives Telegram's updates. The module serves it under `webhookPath`; with `webhook: false` an app
 * extends it under a route of its own.
 *
 * It bypasses the app's interceptors and exception filters when it answers: Telegram reads the status,
 * and takes a body with a `method` for a Bot API call.
 *
 * @publicApi
 *
 * @example
 * @Controller('hooks/telegram')
 * class MyTelegramWebhook extends TelegramWebhookController {}
 */
@UseGuards(TelegramSecretGuard)
@UseFilters(WebhookExceptionFilter)
export abstract class TelegramWebhookController {
  readonly #updates: UpdateRouter;
  readonly #adapterHost: HttpAdapterHost;

  /** @hidden Nest calls it. */
  constructor(
    @Inject(UpdateRouter) updates: UpdateRouter,
    @Inject(HttpAdapterHost) adapterHost: HttpAdapterHost,
  ) {
    this.#updates = updates;
    this.#adapterHost = adapterHost;
  }

  /** Answers 200 when Telegram may forget the update, 503 when it has to repeat it, 400 to anything else. */
  @Post()
  @HttpCode(200)
  async receive(@Body() body: unknown, @Res() response: object): Promise<void> {
    if (!isUpdate(body)) {
      this.#answer(response, 400);
      return;
    }
    try {
      await this.#updates.accept(body);
      this.#answer(response, 200);
    } catch {
      // UpdateRouter has logged the reason.
      this.#answer(response, 503);
    }
  }

  #answer(response: object, statusCode: 200 | 400 | 503): void {
    const { httpAdapter } = this.#adapterHost;
    // An interceptor of the app may have answered already, for example with a timeout.
    if (httpAdapter.isHeadersSent(response)) return;
    if (statusCode === 503) {
      httpAdapter.setHeader(response, 'Retry-After', String(RETRY_AFTER_SECONDS));
    }
    if (statusCode === 200) this.#end(response);
    else httpAdapter.reply(response, { message: STATUS_CODES[statusCode], statusCode }, statusCode);
  }

  /** Ends the response directly on Express, whose `send()` does much for an empty body; Fastify needs `send()`. */
  #end(response: object): void {
    const { httpAdapter } = this.#adapterHost;
    // Nest has set the status, but an interceptor of the app may have changed it.
    if (httpAdapter.getType() !== 'express') httpAdapter.reply(response, undefined, 200);
    else {
      httpAdapter.status(response, 200);
      httpAdapter.end(response);
    }
  }
}
