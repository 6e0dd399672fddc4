import { Inject, Injectable } from '@nestjs/common';
import { AdminChat } from '../chat/admin-chat.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskEvents } from '../desk/desk-events.js';
import { ApiTelemetry } from './api-telemetry.js';
import { DeskGauges } from './desk-gauges.js';
import { OpenTelemetry } from './open-telemetry.js';
import { BOT, DESK, DIRECTION, REPLY_KIND, REPLY_SECONDS } from './telemetry-attributes.js';

/** Measures what happens at a desk. */
@Injectable()
export class DeskMetrics {
  constructor(
    @Inject(OpenTelemetry) private readonly telemetry: OpenTelemetry | null,
    @Inject(ApiTelemetry) private readonly calls: ApiTelemetry | null,
    private readonly gauges: DeskGauges,
    private readonly events: DeskEvents,
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
  ) {}

  start(): void {
    if (!this.telemetry) return;
    const { meter } = this.telemetry;
    const { bot, desk } = this.settings;
    const attributes = { [BOT]: bot, [DESK]: desk };
    const waits = meter.createHistogram('telegram_support.reply.wait_time', {
      description: 'How long customers have waited for an answer, in hours where the desk has any.',
      unit: 's',
      advice: { explicitBucketBoundaries: REPLY_SECONDS },
    });
    const overdue = meter.createCounter('telegram_support.threads.overdue', {
      description: 'Threads whose customers have waited longer than the option reminders allows.',
      unit: '{thread}',
    });
    const letters = meter.createCounter('telegram_support.dead_letters.added', {
      description: 'Notices and replies that were given up.',
      unit: '{letter}',
    });
    this.events.on('replyTimed', ({ kind, waitMs }) =>
      waits.record(waitMs / 1_000, { ...attributes, [REPLY_KIND]: kind }),
    );
    this.events.on('threadOverdue', () => overdue.add(1, attributes));
    this.events.on('deadLetter', ({ direction }) =>
      letters.add(1, { ...attributes, [DIRECTION]: direction }),
    );
    this.calls?.watch(desk, this.adminChat);
    this.gauges.start();
  }

  stop(): void {
    this.gauges.stop();
  }
}
