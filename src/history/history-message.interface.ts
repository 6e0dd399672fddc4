/**
 * Which messages a method with `@LoadHistory()` is to return.
 *
 * @publicApi
 */
export interface HistoryRequest {
  readonly threadId: string;
  /** How many messages, the newest ones. Of a longer array the last ones are shown. */
  readonly limit: number;
}

/**
 * A message of a thread as the app has kept it.
 *
 * @publicApi
 */
export interface HistoryMessage {
  readonly author: 'customer' | 'agent' | 'system';
  /** Who wrote it, by name. */
  readonly name?: string | null | undefined;
  /** Plain text: it is escaped. Describe files in words, such as `[photo]`. */
  readonly text: string;
  readonly sentAt: Date;
  /** The `messageId` of a message that was notified, so that what is posted below is not shown twice. */
  readonly messageId?: string | null | undefined;
}
