import type { CanActivate, ModuleMetadata, Type } from '@nestjs/common';
import type { TranscriptStore } from '../transcripts/transcript-store.js';

/**
 * What `SupportChatModule` must know before any provider exists. Passed beside the options to `forRoot()`, and beside
 * the factory to `forRootAsync()`.
 *
 * @publicApi
 */
export interface SupportChatExtras extends Pick<ModuleMetadata, 'imports'> {
  /**
   * The route of the chat, below the app's global prefix if there is one.
   *
   * @default 'support'
   */
  path?: string | undefined;
  /**
   * The class that keeps transcripts. Nest makes it: what it injects comes from global modules, or from `imports`.
   *
   * @default Redis where the bot has Redis, else the memory of the process
   */
  store?: Type<TranscriptStore> | undefined;
  /**
   * Guards that run before `customer` is asked, for example one that sets `request.user`. They also decide on requests
   * of visitors and of those with a token. What they inject comes from global modules, or from `imports`.
   *
   * @default []
   */
  guards?: Array<Type<CanActivate> | CanActivate> | undefined;
  /**
   * Decorators for the controllers of the chat, for instance to exempt them from global guards, as `webhookDecorators`
   * do for the webhook.
   *
   * @default []
   */
  decorators?: ClassDecorator[] | undefined;
  /**
   * The `name` of the bot.
   *
   * @default the bot without a name
   */
  bot?: string | undefined;
  /**
   * Whether every module of the app can inject `SupportChat`.
   *
   * @default false
   */
  isGlobal?: boolean | undefined;
}
