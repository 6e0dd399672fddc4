import { IsBoolean, IsOptional } from 'class-validator';

/**
 * How updates are fetched with `updates: 'polling'`.
 *
 * @publicApi
 */
export class PollingOptions {
  /**
   * Whether to remove a webhook that is registered for the bot. With false, no updates arrive while a
   * webhook is registered, and the log says so.
   *
   * @default false
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  removeWebhook?: boolean | undefined;
}
