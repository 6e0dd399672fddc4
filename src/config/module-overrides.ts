import type { Clock } from '../common/clock.js';
import type { TelegramModuleOptions } from './telegram-module.options.js';

/** Replaces what an app configures, for its tests and for the command line. */
export interface TelegramOverrides {
  /**
   * What takes precedence over the options of the app, which otherwise stay.
   *
   * @param bot The `name` of the module, `default` without one.
   * @param given The options of the app.
   */
  optionsOf(bot: string, given: TelegramModuleOptions): Partial<TelegramModuleOptions>;
  /** Replaces the system's time. */
  readonly clock?: Clock;
  /** Whether the module starts nothing: it takes no updates, processes no jobs, stores nothing and registers no webhook. */
  readonly isIdle?: boolean;
}

/**
 * Injection token of {@link TelegramOverrides}, which a global module may provide. Registered by name, so
 * that it is the same symbol when a test runner loads the package twice.
 */
export const TELEGRAM_OVERRIDES = Symbol.for('nestjs-telegram-support/overrides');
