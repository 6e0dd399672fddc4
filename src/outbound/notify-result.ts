/**
 * Whether the desk has taken a message. Taken means that it will be posted, not that it has been.
 *
 * - `disabled`: no bot token or no admin chat is configured.
 * - `unavailable`: it was not heard within 2 seconds that it is stored, or the application is shutting
 *   down. It may have been stored all the same, and will be posted then: notify again with the same
 *   `messageId`, or with the receipt's `id` as `messageId`, and it is posted once.
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
