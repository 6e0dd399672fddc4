/**
 * A person in Telegram who is a user of the app.
 *
 * @publicApi
 */
export interface LinkedAgent {
  /** The app's id of the user. */
  readonly userId: string;
  /** The Telegram user id. */
  readonly telegramId: number;
}
