import type { MessageRef } from './message-ref.interface.js';

/** A message, and where it stands, which holds when it is deleted. */
export interface PlacedMessage extends MessageRef {
  /** The `message_thread_id` of its topic; undefined outside of topics, and where it is not known. */
  readonly topicId?: number | undefined;
}
