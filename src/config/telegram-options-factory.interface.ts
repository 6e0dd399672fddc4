import type { TelegramModuleOptions } from './telegram-module.options.js';

/**
 * Makes the options of a module. Implemented by classes that are passed to `forRootAsync()` as `useClass` or
 * `useExisting`.
 *
 * @publicApi
 */
export interface TelegramOptionsFactory {
  /** Called once, at boot. */
  createTelegramOptions(): TelegramModuleOptions | Promise<TelegramModuleOptions>;
}
