import { ConfigurableModuleBuilder, type Provider } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { assertOneImport, isServiceOverridden } from './config/module-imports.js';
import type { TelegramModuleOptions } from './config/telegram-module.options.js';
import { TELEGRAM_OVERRIDES, type TelegramOverrides } from './config/module-overrides.js';
import { TelegramSettings } from './config/telegram-settings.js';
import { createWebhookController } from './webhook/webhook-controller.factory.js';
import { WEBHOOK_CONTROLLER, WEBHOOK_PATH } from './webhook/webhook.constants.js';

/** What the module must know before any provider exists; passed beside the options. */
export interface TelegramModuleExtras {
  /**
   * Whether every module of the app can inject what this one exports.
   *
   * @default false
   */
  isGlobal?: boolean | undefined;
  /**
   * The route of the webhook, below a global prefix if the app has one.
   *
   * @default 'telegram/webhook'
   */
  webhookPath?: string | undefined;
  /**
   * Decorators for the webhook's controller, such as the ones that exempt it from global guards: your
   * `Public()`, or `SkipThrottle()` of `@nestjs/throttler`. When a guard, pipe or interceptor of the app
   * refuses an update, the log says so; of a throttler it does at boot.
   *
   * @default []
   */
  webhookDecorators?: ClassDecorator[] | undefined;
  /**
   * Whether the module serves the webhook itself. With false, the app extends
   * `TelegramWebhookController` under a route of its own, which is the one that is registered.
   * `webhookPath` says which one when there are several.
   *
   * @default true
   */
  webhook?: boolean | undefined;
}

const defaults: Required<TelegramModuleExtras> = {
  isGlobal: false,
  webhookPath: 'telegram/webhook',
  webhookDecorators: [],
  webhook: true,
};

const OVERRIDES = { token: TELEGRAM_OVERRIDES, optional: true } as const;

/** What the options become before any provider sees them: {@link TelegramSettings}. */
export const TELEGRAM_SETTINGS = Symbol('TELEGRAM_SETTINGS');

export const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<TelegramModuleOptions>({
  optionsInjectionToken: TELEGRAM_SETTINGS,
})
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createTelegramOptions')
  .setExtras<TelegramModuleExtras>(defaults, (definition, extras) => {
    // An extra that is passed as undefined counts as left out.
    const isGlobal = extras.isGlobal ?? defaults.isGlobal;
    const webhookPath = extras.webhookPath ?? defaults.webhookPath;
    const webhookDecorators = extras.webhookDecorators ?? defaults.webhookDecorators;
    const webhook = extras.webhook ?? defaults.webhook;
    const controller = webhook ? createWebhookController(webhookPath, webhookDecorators) : null;
    return {
      ...definition,
      global: isGlobal,
      controllers: controller ? [controller] : [],
      providers: [
        ...(definition.providers ?? []).map((provider) => sealed(provider)),
        { provide: WEBHOOK_PATH, useValue: webhookPath },
        { provide: WEBHOOK_CONTROLLER, useValue: controller },
      ],
    };
  })
  .build();

/**
 * Turns the options into settings at once, so that the container of the app never holds the token
 * where it could be printed.
 */
function sealed(provider: Provider): Provider {
  if (!('provide' in provider) || provider.provide !== TELEGRAM_SETTINGS) return provider;
  if ('useValue' in provider) {
    const options: TelegramModuleOptions = provider.useValue;
    return {
      provide: TELEGRAM_SETTINGS,
      inject: [OVERRIDES, ModulesContainer],
      useFactory: (overrides: TelegramOverrides | undefined, modules: ModulesContainer) => {
        assertOneImport(modules);
        return settle(options, modules, overrides);
      },
    };
  }
  if (!('useFactory' in provider)) return provider;
  const makeOptions: (
    ...injected: unknown[]
  ) => Promise<TelegramModuleOptions> | TelegramModuleOptions = provider.useFactory;
  return {
    ...provider,
    inject: [OVERRIDES, ModulesContainer, ...(provider.inject ?? [])],
    useFactory: async (
      overrides: TelegramOverrides | undefined,
      modules: ModulesContainer,
      ...injected: unknown[]
    ) => {
      assertOneImport(modules);
      return settle(await makeOptions(...injected), modules, overrides);
    },
  };
}

function settle(
  options: TelegramModuleOptions,
  modules: ModulesContainer,
  overrides?: TelegramOverrides,
): TelegramSettings {
  const merged = overrides ? Object.assign({}, options, overrides.options) : options;
  return new TelegramSettings(merged, { isServiceOverridden: isServiceOverridden(modules) });
}
