import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';
import type { ReplyEvent } from './reply-event.interface.js';
import type { ThreadEventType } from './thread-event.interface.js';

/** A `ThreadEvent` on its way to the app's handlers; plain JSON. */
export interface StoredThreadEvent {
  readonly v: 1;
  readonly type: ThreadEventType;
  readonly id: string;
  readonly threadId: string;
  readonly desk: string;
  readonly agent: Agent | null;
  readonly text?: string | undefined;
  readonly message?: MessageRef | undefined;
  /** In milliseconds since the Unix epoch. */
  readonly atMs: number;
}

/** What the app's handlers are called with, as it is stored. */
export type StoredEvent = ReplyEvent | StoredThreadEvent;

/** An event in words, for the log. */
export function describeEvent({ type, threadId }: Pick<StoredEvent, 'type' | 'threadId'>): string {
  return type === 'reply'
    ? `a reply in thread ${threadId}`
    : `the event "${type}" of thread ${threadId}`;
}
