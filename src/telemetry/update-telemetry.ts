import { Inject, Injectable } from '@nestjs/common';
import type { Attributes, Counter } from '@opentelemetry/api';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { UpdateType } from '../updates/incoming-update.interface.js';
import { OpenTelemetry } from './open-telemetry.js';
import {
  BOT,
  OPERATION_NAME,
  OPERATION_TYPE,
  TELEGRAM,
  UPDATE_TYPE,
} from './telemetry-attributes.js';

/** Counts and traces the updates that a bot takes, by webhook or by polling. */
@Injectable()
export class UpdateTelemetry {
  readonly #received: Counter | undefined;

  constructor(
    @Inject(OpenTelemetry) private readonly telemetry: OpenTelemetry | null,
    private readonly settings: TelegramSettings,
  ) {
    this.#received = telemetry?.meter.createCounter('messaging.client.consumed.messages', {
      description:
        'Updates of Telegram that the bot has taken, those that it does not need included.',
      unit: '{message}',
    });
  }

  /** Takes an update in a span, which a webhook makes part of the app's trace of the request. */
  receive<T>(type: UpdateType, work: () => Promise<T>): Promise<T> {
    const { telemetry } = this;
    if (!telemetry) return work();
    const attributes: Attributes = {
      ...TELEGRAM,
      [OPERATION_NAME]: 'receive',
      [OPERATION_TYPE]: 'receive',
      [BOT]: this.settings.bot,
      [UPDATE_TYPE]: type,
    };
    this.#received?.add(1, attributes);
    const kind = telemetry.api.SpanKind.CONSUMER;
    return telemetry.span(`receive ${type}`, { kind, attributes }, work);
  }

  /** Does what belongs to no request and to no job, such as polling, whatever was active when it began. */
  outside<R>(work: () => R): R {
    return this.telemetry ? this.telemetry.outside(work) : work();
  }
}
