import type { Provider } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ApiTelemetry } from './api-telemetry.js';
import { DeskGauges } from './desk-gauges.js';
import { DeskMetrics } from './desk-metrics.js';
import { DeskTelemetry } from './desk-telemetry.js';
import { OpenTelemetry } from './open-telemetry.js';
import { UpdateTelemetry } from './update-telemetry.js';

/** What all desks of a bot share. {@link OpenTelemetry} is null where the package is missing, and where the bot is disabled. */
export const telemetryProviders: Provider[] = [
  UpdateTelemetry,
  {
    provide: OpenTelemetry,
    inject: [TelegramSettings],
    useFactory: ({ isEnabled }: TelegramSettings) => (isEnabled ? OpenTelemetry.load() : null),
  },
  {
    provide: ApiTelemetry,
    inject: [OpenTelemetry, TelegramSettings],
    useFactory: (telemetry: OpenTelemetry | null, { bot }: TelegramSettings) =>
      telemetry && new ApiTelemetry(telemetry, bot),
  },
];

/** What measures one desk. */
export const deskTelemetryProviders: Provider[] = [DeskGauges, DeskMetrics, DeskTelemetry];
