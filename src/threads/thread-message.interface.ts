import type { MessageRef } from './message-ref.interface.js';

/** What a message of a thread is: what the desk has posted, or what an agent has written. */
export type ThreadMessageKind = 'notice' | 'reply' | 'note' | 'command';

/** A message of a thread in Telegram; plain JSON. */
export interface ThreadMessage extends MessageRef {
  readonly kind: ThreadMessageKind;
  /** By Telegram's clock, in milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** The topic that it stands in. */
  readonly topicId?: number | undefined;
  /** Of a notice: the app's ids of the messages that it shows. */
  readonly ids?: readonly string[] | undefined;
}
