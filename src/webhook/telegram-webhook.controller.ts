import {
  BadRequestException,
  Body,
  HttpCode,
  Inject,
  Logger,
  Post,
  Res,
  ServiceUnavailableException,
  UseGuards,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { toError } from '../errors/index.js';
import { InboxService } from '../inbox/inbox.service.js';
import { isUpdate } from '../inbox/update.guard.js';
import { TelegramSecretGuard } from './telegram-secret.guard.js';

/** When Telegram is to deliver again what could not be stored. Any answer but 2xx may carry it. */
const RETRY_AFTER_SECONDS = 5;

/**
 * The door for Telegram's webhook. The module serves it under `webhookPath`; with `webhook: false`
 * an app extends it under a route of its own.
 *
 * @example
 * @Controller('hooks/telegram')
 * class MyTelegramWebhook extends TelegramWebhookController {}
 *
 * @publicApi
 */
@UseGuards(TelegramSecretGuard)
export abstract class TelegramWebhookController {
  readonly #logger = new Logger(TelegramWebhookController.name);

  readonly #inbox: InboxService;
  readonly #adapterHost: HttpAdapterHost;

  constructor(
    @Inject(InboxService) inbox: InboxService,
    @Inject(HttpAdapterHost) adapterHost: HttpAdapterHost,
  ) {
    this.#inbox = inbox;
    this.#adapterHost = adapterHost;
  }

  /** 200 when Telegram may forget the update, 400 for what is none, 503 when it is to keep it. */
  @Post()
  @HttpCode(200)
  async receive(
    @Body() body: unknown,
    @Res({ passthrough: true }) response: object,
  ): Promise<void> {
    if (!isUpdate(body)) throw new BadRequestException();
    try {
      await this.#inbox.accept(body);
    } catch (error) {
      const reason = toError(error).message;
      this.#logger.error(`Telegram has to keep update ${body.update_id}: ${reason}`);
      const seconds = String(RETRY_AFTER_SECONDS);
      this.#adapterHost.httpAdapter.setHeader(response, 'Retry-After', seconds);
      throw new ServiceUnavailableException();
    }
  }
}
