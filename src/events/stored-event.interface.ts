import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';
import type { ReplyEditedEvent, ReplyEvent } from './reply-event.interface.js';
import { THREAD_EVENT_TYPES, type ThreadEventType } from './thread-event.interface.js';

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

/** A `DeletedReply` on its way to the app's handlers; plain JSON. */
export interface ReplyDeletedEvent {
  readonly v: 1;
  readonly type: 'reply.deleted';
  readonly threadId: string;
  readonly desk: string;
  readonly agent: Agent;
  /** The reply. */
  readonly message: MessageRef;
  /** The album that it is a file of. */
  readonly albumId?: string | undefined;
  /** In milliseconds since the Unix epoch. */
  readonly atMs: number;
}

/** A `ThreadReaction` on its way to the app's handlers; plain JSON. */
export interface ReactionEvent {
  readonly v: 1;
  readonly type: 'reaction';
  readonly id: string;
  readonly threadId: string;
  readonly desk: string;
  readonly agent: Agent;
  readonly message: MessageRef;
  readonly messageId?: string | undefined;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** In milliseconds since the Unix epoch. */
  readonly atMs: number;
}

/** What the app's handlers are called with, as it is stored. */
export type StoredEvent =
  ReplyEvent | ReplyEditedEvent | ReplyDeletedEvent | ReactionEvent | StoredThreadEvent;

/** The types of {@link StoredEvent} for which handlers are named by the type, too. */
export const NAMED_EVENT_TYPES = [
  'reply.edited',
  'reply.deleted',
  'reaction',
  ...THREAD_EVENT_TYPES,
] as const satisfies ReadonlyArray<StoredEvent['type']>;

/** An event in words, for the log. */
export function describeEvent({ type, threadId }: Pick<StoredEvent, 'type' | 'threadId'>): string {
  switch (type) {
    case 'reply':
      return `a reply in thread ${threadId}`;
    case 'reply.edited':
      return `the edit of a reply in thread ${threadId}`;
    case 'reply.deleted':
      return `the deletion of a reply in thread ${threadId}`;
    case 'reaction':
      return `a reaction in thread ${threadId}`;
    default:
      return `the event "${type}" of thread ${threadId}`;
  }
}
