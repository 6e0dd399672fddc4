import type { Message } from '@grammyjs/types';

/** A reply that waits for the app; plain JSON. */
export interface InboxItem {
  readonly threadId: string;
  readonly message: Message;
  /** The handlers that have taken it; they are not called again when another one failed. */
  readonly takenBy: readonly string[];
}
