/**
 * Names one Telegram message. A message id alone does not: it is unique only inside its chat.
 *
 * @publicApi
 */
export interface MessageRef {
  readonly chatId: number;
  readonly messageId: number;
}
