import type { HealthCheckService } from '@nestjs/terminus';
import type { TelegramHealthIndicator } from 'nestjs-telegram-support/terminus';

/** What a controller of health checks injects. */
export declare abstract class DocumentedApp {
  protected readonly health: HealthCheckService;
  protected readonly telegram: TelegramHealthIndicator;
}
