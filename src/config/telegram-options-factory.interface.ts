import type { TelegramModuleOptions } from './telegram-module.options.js';

/**
 * What a class must do to be passed to `forRootAsync` as `useClass` or `useExisting`.
 *
 * @publicApi
 */
export interface TelegramOptionsFactory {
  createTelegramOptions(): TelegramModuleOptions | Promise<TelegramModuleOptions>;
}
