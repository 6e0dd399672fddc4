import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TELEGRAM_OVERRIDES, type TelegramOverrides } from '../config/module-overrides.js';
import type { TelegramModuleOptions } from '../config/telegram-module.options.js';
import { TelegramModule } from '../telegram.module.js';

const IDLE: TelegramOverrides = { isIdle: true, optionsOf: () => ({}) };

/** Where the providers of an idle desk stand. */
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest wants a class.
class IdleDeskModule {}

/**
 * The module of an app with these options, which only answers what it is asked: it takes no updates, processes no jobs,
 * registers no webhook and logs nothing. Whoever opens it closes it.
 *
 * @throws {@link TelegramConfigError} When an option cannot be used.
 */
export function openIdleDesk(options: TelegramModuleOptions): Promise<INestApplicationContext> {
  const module = {
    module: IdleDeskModule,
    global: true,
    imports: [TelegramModule.forRoot(options)],
    providers: [{ provide: TELEGRAM_OVERRIDES, useValue: IDLE }],
    exports: [TELEGRAM_OVERRIDES],
  };
  return NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
}
