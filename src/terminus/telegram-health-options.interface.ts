/**
 * What {@link TelegramHealthIndicator.isHealthy} looks at.
 *
 * @publicApi
 */
export interface TelegramHealthOptions {
  /** The `name` that the bot's module was imported with; leave it out for the bot without one. */
  readonly bot?: string | undefined;
  /**
   * One of the bot's desks.
   *
   * @default 'default'
   */
  readonly desk?: string | undefined;
  /**
   * How long a notice or a reply may wait before the desk is degraded, in milliseconds.
   *
   * @default 300_000
   */
  readonly oldestJobMs?: number | undefined;
  /**
   * How long the first request waits for the first look at the desk, in milliseconds. Later ones wait for nothing.
   *
   * @default 1_000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Ids of checks of `telegram.diagnose()` that do not count, such as `reactions`, and `oldest-job`.
   *
   * @default []
   */
  readonly ignore?: readonly string[] | undefined;
  /**
   * Whether the answer says what was found and what to do, beside the id of each check. That names the bot and the chat, so
   * set it only where nobody else reads the answer.
   *
   * @default false
   */
  readonly verbose?: boolean | undefined;
}
