/**
 * Whether the desk has taken a message. Taken means that it will be posted, not that it has been.
 *
 * - `disabled`: no bot token or no admin chat is configured.
 * - `unavailable`: it could not be stored within 2 seconds, or the application is shutting down.
 *
 * @publicApi
 */
export type Receipt =
  | {
      readonly accepted: true;
      /** The `messageId` that was passed, or one made up for it. */
      readonly id: string;
    }
  | { readonly accepted: false; readonly reason: 'disabled' | 'unavailable' };
