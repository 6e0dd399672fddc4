import type { FileRouteOptions } from './file-route-options.interface.js';

/**
 * What the module must know before any provider exists. Passed beside the options to `forRoot()`, and
 * beside the factory to `forRootAsync()`.
 *
 * @publicApi
 */
export interface TelegramModuleExtras {
  /**
   * The name of the bot, for an app with several: 1 to 64 letters, digits, `_` and `-`. A module with a
   * name exports its service under that name, for `@InjectTelegram(name)`, and not as `TelegramService`.
   *
   * @default none: this is the app's only or main bot
   */
  name?: string | undefined;
  /**
   * Whether every module of the app can inject what this module exports.
   *
   * @default false
   */
  isGlobal?: boolean | undefined;
  /**
   * The route of the webhook, below the app's global prefix if there is one.
   *
   * @default 'telegram/webhook', with a name 'telegram/webhook/<name>'
   */
  webhookPath?: string | undefined;
  /**
   * Decorators for the webhook's controller, for instance to exempt it from global guards: your
   * `Public()`, or `SkipThrottle()` of `@nestjs/throttler`. When a guard, pipe or interceptor of the app
   * rejects an update, the log says so; a throttler is reported at boot.
   *
   * @default []
   */
  webhookDecorators?: ClassDecorator[] | undefined;
  /**
   * Whether the module serves the webhook itself. With false, the app extends
   * `TelegramWebhookController` under a route of its own, and that route is registered.
   * With several such controllers, `webhookPath` says which one.
   *
   * @default true
   */
  webhook?: boolean | undefined;
  /**
   * How links to files are served, also with `webhook: false` and `updates: 'polling'`. With `forRoot()` the other
   * options of `files` stand beside these.
   */
  files?: FileRouteOptions | undefined;
}
