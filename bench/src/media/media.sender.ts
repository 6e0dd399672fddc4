import type { PhotoMessage } from './media.task.js';

/** Somebody who gets photos with texts into a Telegram chat. */
export interface MediaSender {
  /** Resolves when all are sent, or when it has taken them all and will send them. */
  send(messages: readonly PhotoMessage[]): Promise<void>;
}
