import { STATUS_CODES } from 'node:http';
import { Body, HttpCode, Inject, Post, Res, UseFilters, UseGuards } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { InboundService } from '../inbound/inbound.service.js';
import { isUpdate } from '../updates/update-validator.js';
import { TelegramSecretGuard } from './telegram-secret.guard.js';
import { WebhookExceptionFilter } from './webhook-exception.filter.js';

/** When Telegram is to deliver again what could not be stored. Any answer but 2xx may carry it. */
const RETRY_AFTER_SECONDS = 5;

/**
 * The door for Telegram's webhook. The module serves it under `webhookPath`; with `webhook: false`
 * an app extends it under a route of its own.
 *
 * It answers by itself, past the app's interceptors and exception filters: Telegram reads the status,
 * and takes a body with a `method` for a call of the Bot API.
 *
 * @example
 * @Controller('hooks/telegram')
 * class MyTelegramWebhook extends TelegramWebhookController {}
 *
 * @publicApi
 */
@UseGuards(TelegramSecretGuard)
@UseFilters(WebhookExceptionFilter)
export abstract class TelegramWebhookController {
  readonly #inbox: InboundService;
  readonly #adapterHost: HttpAdapterHost;

  constructor(
    @Inject(InboundService) inbox: InboundService,
    @Inject(HttpAdapterHost) adapterHost: HttpAdapterHost,
  ) {
    this.#inbox = inbox;
    this.#adapterHost = adapterHost;
  }

  /** 200 when Telegram may forget the update, 400 for what is none, 503 when it is to keep it. */
  @Post()
  @HttpCode(200)
  async receive(@Body() body: unknown, @Res() response: object): Promise<void> {
    if (!isUpdate(body)) {
      this.#answer(response, 400);
      return;
    }
    try {
      await this.#inbox.accept(body);
      this.#answer(response, 200);
    } catch {
      // The inbox has said why.
      this.#answer(response, 503);
    }
  }

  #answer(response: object, statusCode: 200 | 400 | 503): void {
    const { httpAdapter } = this.#adapterHost;
    // An interceptor that limits the time may have answered already.
    if (httpAdapter.isHeadersSent(response)) return;
    if (statusCode === 503) {
      httpAdapter.setHeader(response, 'Retry-After', String(RETRY_AFTER_SECONDS));
    }
    if (statusCode === 200) this.#end(response);
    else httpAdapter.reply(response, { message: STATUS_CODES[statusCode], statusCode }, statusCode);
  }

  /** Express looks for much in an answer without a body before it ends it; Fastify ends none by itself. */
  #end(response: object): void {
    const { httpAdapter } = this.#adapterHost;
    // Nest has set the status too, but an interceptor of the app may have changed it since.
    if (httpAdapter.getType() !== 'express') httpAdapter.reply(response, undefined, 200);
    else {
      httpAdapter.status(response, 200);
      httpAdapter.end(response);
    }
  }
}
