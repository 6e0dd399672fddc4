import { Controller, SetMetadata, VERSION_NEUTRAL, type Provider, type Type } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { BotToken } from '../secrets/bot-token.js';
import { WebhookSecrets } from '../secrets/webhook-secrets.js';
import { BotStorage } from '../storage/bot-storage.js';
import { NestInternals } from './nest-internals.js';
import { TelegramSecretGuard } from './telegram-secret.guard.js';
import { TelegramWebhookController } from './telegram-webhook.controller.js';
import { WebhookBodyLimit } from './webhook-body-limit.js';
import { WebhookDiagnostics } from './webhook-diagnostics.js';
import { WebhookLocation } from './webhook-location.js';
import { WebhookRegistrar } from './webhook-registrar.js';
import { REGISTRATION_LEASE_MS, WebhookRegistration } from './webhook-registration.js';
import { WebhookRejections } from './webhook-rejections.js';
import { WebhookRoutes } from './webhook-routes.js';
import {
  MODULE_CONTROLLER,
  REGISTRATION_LEASE,
  WEBHOOK_CONTROLLER,
  WEBHOOK_PATH,
  WEBHOOK_SECRETS,
} from './webhook.constants.js';
import { WebhookService } from './webhook.service.js';

/** What `TelegramModule` must know of its webhook before any provider exists. */
export interface WebhookExtras {
  readonly webhookPath: string;
  readonly webhookDecorators: readonly ClassDecorator[];
  /** Whether the module serves the webhook itself. */
  readonly webhook: boolean;
}

/**
 * The controller and the tokens of one bot's webhook. The class is made for this bot, so that two bots
 * of one app have paths and decorators of their own.
 */
export function createWebhook({ webhookPath, webhookDecorators, webhook }: WebhookExtras): {
  readonly controllers: Type[];
  readonly providers: Provider[];
} {
  const controller = webhook ? createController(webhookPath, webhookDecorators) : null;
  return {
    controllers: controller ? [controller] : [],
    providers: [
      { provide: WEBHOOK_PATH, useValue: webhookPath },
      { provide: WEBHOOK_CONTROLLER, useValue: controller },
    ],
  };
}

/** What receives the updates of one bot. Works for a disabled bot as well, whose webhook answers 404. */
export const webhookProviders: Provider[] = [
  NestInternals,
  TelegramSecretGuard,
  WebhookBodyLimit,
  WebhookDiagnostics,
  WebhookRejections,
  WebhookRoutes,
  { provide: WebhookLocation, useExisting: WebhookRoutes },
  {
    provide: WEBHOOK_SECRETS,
    inject: [TelegramSettings],
    useFactory: ({ identity, updates }: TelegramSettings) =>
      updates === 'webhook' ? (identity?.webhookSecrets ?? null) : null,
  },
];

/** What registers the webhook of one bot with Telegram. Used by an enabled bot only. */
export const webhookRegistrationProviders: Provider[] = [
  WebhookService,
  WebhookRegistrar,
  WebhookRegistration,
  {
    provide: WebhookSecrets,
    inject: [TelegramSettings, BotToken],
    useFactory: ({ identity }: TelegramSettings, token: BotToken) =>
      identity?.webhookSecrets ?? WebhookSecrets.of([], token),
  },
  {
    provide: REGISTRATION_LEASE,
    inject: [BotStorage],
    useFactory: (storage: BotStorage) => storage.lease('registration', REGISTRATION_LEASE_MS),
  },
];

function createController(path: string, decorators: readonly ClassDecorator[]): Type {
  class TelegramWebhook extends TelegramWebhookController {}
  const ownDecorators = [
    SetMetadata(MODULE_CONTROLLER, true),
    // Telegram knows one URL, whatever versions the routes of the app have.
    Controller({ path, version: VERSION_NEUTRAL }),
  ];
  for (const decorate of [...decorators, ...ownDecorators]) decorate(TelegramWebhook);
  return TelegramWebhook;
}
