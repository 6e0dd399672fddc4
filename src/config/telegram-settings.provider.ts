import type { Provider } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { TelegramConfigError } from '../errors/index.js';
import { getTelegramToken } from '../telegram.constants.js';
import { DEFAULT_BOT } from './default-options.js';
import { assertOneBot, assertOneImport, isServiceOverridden } from './module-imports.js';
import { TELEGRAM_OVERRIDES, type TelegramOverrides } from './module-overrides.js';
import type { TelegramModuleAsyncOptions } from './telegram-module-async-options.interface.js';
import type { TelegramModuleOptions } from './telegram-module.options.js';
import type { TelegramOptionsFactory } from './telegram-options-factory.interface.js';
import { TelegramSettings } from './telegram-settings.js';

/** The settings of one module, before they are compared with those of the app's other bots. */
const CHECKED_SETTINGS = Symbol('TELEGRAM_CHECKED_SETTINGS');

const OVERRIDES = { token: TELEGRAM_OVERRIDES, optional: true } as const;

/** How the options of one module are made. */
type OptionsSource = Required<Pick<TelegramModuleAsyncOptions, 'useFactory' | 'inject'>>;

/**
 * Provides {@link TelegramSettings}. The options are checked and their secrets wrapped inside the factory,
 * so Nest's container, which people print, never holds a token or a password.
 */
export function createSettingsProviders(options: TelegramModuleAsyncOptions): Provider[] {
  const { useFactory, inject } = sourceOf(options);
  const { name, useClass } = options;
  return [
    ...(useClass ? [useClass] : []),
    {
      provide: CHECKED_SETTINGS,
      inject: [OVERRIDES, ModulesContainer, ...inject],
      useFactory: async (
        overrides: TelegramOverrides | undefined,
        modules: ModulesContainer,
        ...injected: unknown[]
      ) => {
        assertOneImport(modules);
        const given: TelegramModuleOptions = await useFactory(...injected);
        const overridden = overrides?.optionsOf(name ?? DEFAULT_BOT, given);
        const merged = overridden ? Object.assign({}, given, overridden) : given;
        return new TelegramSettings(merged, {
          name,
          isServiceOverridden: isServiceOverridden(modules, getTelegramToken(name)),
          isIdle: overrides?.isIdle ?? false,
        });
      },
    },
    {
      // A provider of its own: only what is instantiated can be found by the modules of other bots.
      provide: TelegramSettings,
      inject: [CHECKED_SETTINGS, ModulesContainer],
      useFactory: (settings: TelegramSettings, modules: ModulesContainer) => {
        assertOneBot(settings, modules, CHECKED_SETTINGS);
        return settings;
      },
    },
  ];
}

/** Takes the place of the settings when the bare class is imported, as feature modules tend to do. */
export const missingSettingsProvider: Provider = {
  provide: TelegramSettings,
  useFactory: () => {
    throw configError(
      'no options',
      'import TelegramModule.forRoot() or forRootAsync() once, with isGlobal: true to inject its services everywhere',
    );
  },
};

/** @throws {@link TelegramConfigError} When nothing makes the options. */
function sourceOf(options: TelegramModuleAsyncOptions): OptionsSource {
  const { useFactory, inject = [], useClass, useExisting } = options;
  if (useFactory) return { useFactory, inject };
  const factory = useExisting ?? useClass;
  if (!factory) {
    throw configError(
      'no factory',
      'forRootAsync() wants one of useFactory, useClass and useExisting',
    );
  }
  return {
    inject: [factory],
    useFactory: (made: TelegramOptionsFactory) => made.createTelegramOptions(),
  };
}

function configError(got: string, wants: string): TelegramConfigError {
  return new TelegramConfigError([{ option: 'TelegramModule', got, wants }]);
}
