import type { CanActivate, Type } from '@nestjs/common';

/**
 * How the links to files are served (`ThreadReply.attachments[].url`). Passed beside the factory to `forRootAsync()`.
 *
 * @publicApi
 */
export interface FileRouteOptions {
  /**
   * The route of the files, below the app's global prefix if there is one.
   *
   * @default 'files' below `webhookPath`: 'telegram/webhook/files'
   */
  path?: string | undefined;
  /**
   * Guards that run once a reference was found to be genuine, for example to compare its thread with the session of the
   * customer: `requestedFileOf(context)` says which file of which thread is asked for. Nest makes the classes: what
   * they inject comes from global modules, or from the `imports` of `forRootAsync()`.
   *
   * @default []: whoever has a link may fetch the file until the link expires
   */
  guards?: Array<Type<CanActivate> | CanActivate> | undefined;
  /**
   * Decorators for the controller of the files, for instance to exempt it from global guards, as
   * `webhookDecorators` do for the webhook.
   *
   * @default []
   */
  decorators?: ClassDecorator[] | undefined;
}
