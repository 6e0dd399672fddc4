import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import {
  TelegramModule,
  TelegramService,
  type TelegramModuleOptions,
} from 'nestjs-telegram-support';

/** The class that an app's module has to have. */
// oxlint-disable-next-line typescript/no-extraneous-class -- All that matters is in the dynamic module.
class AppModule {}

/** An app with the module and nothing else, which serves no HTTP. */
export class DeskApp {
  private constructor(readonly context: INestApplicationContext) {}

  static async start(options: Partial<TelegramModuleOptions>): Promise<DeskApp> {
    const imports = [TelegramModule.forRoot({ updates: 'off', ...options })];
    const context = await NestFactory.createApplicationContext(
      { module: AppModule, imports },
      { logger: ['fatal'] },
    );
    return new DeskApp(context);
  }

  get telegram(): TelegramService {
    return this.context.get(TelegramService, { strict: false });
  }

  async stop(): Promise<void> {
    await this.context.close();
  }
}
