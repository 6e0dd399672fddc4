import { Controller, Get, Module, type DynamicModule } from '@nestjs/common';
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import request from 'supertest';
import { TelegramHealthIndicator, type TelegramHealthOptions } from '../../src/terminus/index.js';
import type { TestDesk } from '../support/test-desk.js';

/** What a health check answers. */
export interface HealthAnswer {
  readonly code: number;
  /** Of the whole check. */
  readonly status: string;
  /** What the desk says. */
  readonly desk: {
    readonly status: string;
    readonly enabled?: boolean;
    readonly problems?: ReadonlyArray<{ readonly check: string; readonly status: string }>;
  };
  readonly text: string;
}

@Module({})
class HealthModule {}

/** A module of the app that says at `/ready` how its desk is. */
export function healthModule(options: TelegramHealthOptions = {}): DynamicModule {
  @Controller()
  class HealthController {
    constructor(
      private readonly health: HealthCheckService,
      private readonly telegram: TelegramHealthIndicator,
    ) {}

    @Get('ready')
    @HealthCheck()
    ready() {
      return this.health.check([() => this.telegram.isHealthy('desk', options)]);
    }
  }
  return {
    module: HealthModule,
    imports: [TerminusModule.forRoot({ logger: false })],
    controllers: [HealthController],
    providers: [TelegramHealthIndicator],
  };
}

/** Asks the app, as a readiness probe does. */
export async function askHealth({ app }: TestDesk): Promise<HealthAnswer> {
  const { status: code, body, text } = await request(app.getHttpServer()).get('/ready');
  return { code, status: body.status, desk: body.details.desk, text };
}
