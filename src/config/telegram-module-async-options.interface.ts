import type { FactoryProvider, ModuleMetadata, Type } from '@nestjs/common';
import type { TelegramModuleExtras } from './telegram-module-extras.interface.js';
import type { TelegramModuleOptions } from './telegram-module.options.js';
import type { TelegramOptionsFactory } from './telegram-options-factory.interface.js';

/**
 * How `TelegramModule.forRootAsync()` gets its options: exactly one of `useFactory`, `useClass` and
 * `useExisting`.
 *
 * @publicApi
 *
 * @example
 * TelegramModule.forRootAsync({
 *   inject: [ConfigService],
 *   useFactory: (config: ConfigService) => ({
 *     botToken: config.get('BOT_TOKEN'),
 *     adminChatId: config.get('SUPPORT_CHAT'),
 *   }),
 *   isGlobal: true,
 * });
 */
export interface TelegramModuleAsyncOptions
  extends TelegramModuleExtras, Pick<ModuleMetadata, 'imports'> {
  /** Returns the options, or a promise of them. */
  useFactory?: FactoryProvider<TelegramModuleOptions>['useFactory'];
  /** What is passed to `useFactory`. */
  inject?: FactoryProvider['inject'];
  /** A class that Nest instantiates, and that makes the options. */
  useClass?: Type<TelegramOptionsFactory>;
  /** A provider of the imported modules that makes the options. */
  useExisting?: Type<TelegramOptionsFactory>;
}
