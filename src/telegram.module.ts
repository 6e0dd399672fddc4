import { HttpModule } from '@nestjs/axios';
import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BotInternals, getBotInternalsToken } from './bot-internals.js';
import { DEFAULT_EXTRAS } from './config/default-options.js';
import { BOT_NAME } from './config/module-imports.js';
import type { FileOptions } from './config/file.options.js';
import type { FileRouteOptions } from './config/file-route-options.interface.js';
import type { TelegramModuleAsyncOptions } from './config/telegram-module-async-options.interface.js';
import type { TelegramModuleExtras } from './config/telegram-module-extras.interface.js';
import type { TelegramModuleOptions } from './config/telegram-module.options.js';
import {
  createSettingsProviders,
  missingSettingsProvider,
} from './config/telegram-settings.provider.js';
import { deskProviders } from './desk/desk.providers.js';
import { UpdateRouter } from './desk/update-router.js';
import { createFileRoute } from './file-links/file-link.providers.js';
import { getTelegramToken } from './telegram.constants.js';
import { telegramProviders } from './telegram.providers.js';
import { TelegramService } from './telegram.service.js';
import { ThreadMappingRepository } from './threads/thread-mapping.repository.js';
import { TelegramSecretGuard } from './webhook/telegram-secret.guard.js';
import { createWebhook } from './webhook/webhook.providers.js';
import { WebhookRejections } from './webhook/webhook-rejections.js';
import { WEBHOOK_SECRETS } from './webhook/webhook.constants.js';

/** What users inject, and what Nest needs to instantiate the guard in the module of a user's controller. */
const PUBLIC_EXPORTS = [ThreadMappingRepository, TelegramSecretGuard, WEBHOOK_SECRETS];

/** What a controller needs that the app serves itself, with `webhook: false`. */
const CONTROLLER_EXPORTS = [TelegramSecretGuard, WEBHOOK_SECRETS, WebhookRejections, UpdateRouter];

/**
 * Turns a Telegram chat into the support desk of the app. One import is one bot.
 *
 * Boot never waits for Telegram or Redis, and never fails because of them. It fails with a
 * {@link TelegramConfigError} when an option cannot be used.
 *
 * @publicApi
 *
 * @example
 * @Module({ imports: [TelegramModule.forRootAsync(telegramConfig.asProvider())] })
 * export class AppModule {}
 *
 * @example
 * // A second bot: @InjectTelegram('sales') injects its service.
 * TelegramModule.forRootAsync({ name: 'sales', useFactory: () => salesOptions })
 */
@Module({
  imports: [HttpModule.register({}), DiscoveryModule],
  providers: [missingSettingsProvider, ...telegramProviders, ...deskProviders],
})
export class TelegramModule {
  /** @throws {@link TelegramConfigError} At boot, naming every option that cannot be used. */
  static forRoot(options: TelegramModuleOptions & TelegramModuleExtras): DynamicModule {
    const { name, isGlobal, webhookPath, webhookDecorators, webhook, ...rest } = options;
    const { route, files } = splitFiles(rest.files);
    const extras = { name, isGlobal, webhookPath, webhookDecorators, webhook, files: route };
    return TelegramModule.forRootAsync({ ...extras, useFactory: () => ({ ...rest, files }) });
  }

  /** @throws {@link TelegramConfigError} At boot, naming every option that cannot be used. */
  static forRootAsync(options: TelegramModuleAsyncOptions): DynamicModule {
    const { name, webhookDecorators = [] } = options;
    const webhookPath = options.webhookPath ?? defaultPathOf(name);
    const isServed = options.webhook ?? DEFAULT_EXTRAS.webhook;
    const webhook = createWebhook({ webhookPath, webhookDecorators, webhook: isServed });
    const files = createFileRoute(webhookPath, options.files);
    return {
      module: TelegramModule,
      global: options.isGlobal ?? DEFAULT_EXTRAS.isGlobal,
      imports: options.imports ?? [],
      controllers: [...webhook.controllers, ...files.controllers],
      providers: [
        ...createSettingsProviders(options),
        { provide: getTelegramToken(name), useClass: TelegramService },
        { provide: getBotInternalsToken(name), useClass: BotInternals },
        { provide: BOT_NAME, useValue: name ?? null },
        ...webhook.providers,
        ...files.providers,
      ],
      exports: [
        getTelegramToken(name),
        getBotInternalsToken(name),
        // With a name, these classes would be ambiguous: each bot has its own.
        ...(name === undefined ? PUBLIC_EXPORTS : []),
        ...(isServed ? [] : CONTROLLER_EXPORTS),
      ],
    };
  }
}

/** What `files` says of their route, and what it says of the files. */
function splitFiles(given: (FileOptions & FileRouteOptions) | undefined): {
  readonly route?: FileRouteOptions;
  readonly files: FileOptions | undefined;
} {
  // What is no object is left to the check of the options.
  if (typeof given !== 'object' || given === null) return { files: given };
  const { path, guards, decorators, ...files } = given;
  return { route: { path, guards, decorators }, files };
}

function defaultPathOf(name: string | undefined): string {
  return name === undefined ? DEFAULT_EXTRAS.webhookPath : `${DEFAULT_EXTRAS.webhookPath}/${name}`;
}
