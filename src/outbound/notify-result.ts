/**
 * Whether the desk has accepted a message. Accepted means that it will be posted, not that it has been.
 *
 * - `disabled`: no bot token or no admin chat is configured.
 * - `unavailable`: storing it was not confirmed within 2 seconds, or the application is shutting down. It
 *   may be stored all the same, and is posted then: notify again with the result's `id` as `messageId`, and
 *   it is posted once. Each attachment with `data` has 2 seconds of its own, and one more for each 5 MB. What is
 *   sent to a thread while its attachments are stored waits for that first, so that it stays behind them.
 *
 * @publicApi
 */
export type NotifyResult =
  | {
      readonly accepted: true;
      /** The `messageId` that was passed, or one made up for it. */
      readonly id: string;
    }
  | { readonly accepted: false; readonly reason: 'disabled' }
  | {
      readonly accepted: false;
      readonly reason: 'unavailable';
      /** The `messageId` to notify again with: the one that was passed, or one made up for it. */
      readonly id: string;
    };
