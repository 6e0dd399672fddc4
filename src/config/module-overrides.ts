import type { Clock } from '../common/clock.js';
import type { TelegramModuleOptions } from './telegram-module.options.js';

/** What takes the place of what an app configures, so that its tests need not configure it anew. */
export interface TelegramOverrides {
  /** These win over the options of the app; those that are left out stay. */
  readonly options: Partial<TelegramModuleOptions>;
  /** In place of the machine's own time. */
  readonly clock?: Clock;
}

/**
 * The token of the {@link TelegramOverrides}, which a global module may provide. It is registered by
 * name, so that it is the same one should a test runner load the package twice.
 */
export const TELEGRAM_OVERRIDES = Symbol.for('nestjs-telegram-support/overrides');
