import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { TelegramModuleOptions } from './telegram.options.js';
import { createWebhookController } from './webhook/webhook-controller.factory.js';
import { WEBHOOK_PATH } from './webhook/webhook.tokens.js';

/** What the module must know before any provider exists; passed beside the options. */
export interface TelegramModuleExtras {
  /**
   * Whether every module of the app can inject what this one exports.
   *
   * @default false
   */
  isGlobal?: boolean;
  /**
   * The route of the webhook, below a global prefix if the app has one.
   *
   * @default 'telegram/webhook'
   */
  webhookPath?: string;
  /**
   * Decorators for the webhook's controller, such as the one that exempts it from a global guard.
   *
   * @default []
   */
  webhookDecorators?: ClassDecorator[];
  /**
   * Whether the module serves the webhook itself.
   *
   * @default true
   */
  webhook?: boolean;
}

const defaults: Required<TelegramModuleExtras> = {
  isGlobal: false,
  webhookPath: 'telegram/webhook',
  webhookDecorators: [],
  webhook: true,
};

export const {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN: TELEGRAM_MODULE_OPTIONS,
  OPTIONS_TYPE,
  ASYNC_OPTIONS_TYPE,
} = new ConfigurableModuleBuilder<TelegramModuleOptions>({
  optionsInjectionToken: Symbol('TELEGRAM_MODULE_OPTIONS'),
})
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createTelegramOptions')
  .setExtras<TelegramModuleExtras>(defaults, (definition, extras) => {
    // An extra that is passed as undefined counts as left out.
    const isGlobal = extras.isGlobal ?? defaults.isGlobal;
    const webhookPath = extras.webhookPath ?? defaults.webhookPath;
    const webhookDecorators = extras.webhookDecorators ?? defaults.webhookDecorators;
    const webhook = extras.webhook ?? defaults.webhook;
    return {
      ...definition,
      global: isGlobal,
      controllers: webhook ? [createWebhookController(webhookPath, webhookDecorators)] : [],
      providers: [
        ...(definition.providers ?? []),
        { provide: WEBHOOK_PATH, useValue: webhookPath },
      ],
    };
  })
  .build();
