import type { MessageRef } from '../threads/message-ref.interface.js';
import type { PlacedMessage } from '../threads/placed-message.interface.js';
import type { ButtonStep } from '../agents/button-codec.js';
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
  readonly formerDesk?: string | undefined;
  readonly text?: string | undefined;
  readonly message?: MessageRef | undefined;
  readonly opensAtMs?: number | undefined;
  readonly closesAtMs?: number | undefined;
  readonly waitingSinceMs?: number | undefined;
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

/** A command of an agent on its way to the method that runs it; plain JSON. */
export interface CommandEvent {
  readonly v: 1;
  readonly type: 'command';
  readonly id: string;
  readonly threadId: string;
  readonly desk: string;
  readonly agent: Agent;
  /** Without the slash, in small letters. */
  readonly name: string;
  /** What stands behind the name. */
  readonly text: string;
  /** The agent's message, or the notice with the button that was pressed. */
  readonly message: PlacedMessage;
  /** The notice that the agent has answered with it; undefined where it answers none, or a button was pressed. */
  readonly answered?: MessageRef | undefined;
  /** Of a button that was pressed, what it does. */
  readonly step?: ButtonStep | undefined;
  /** Of a button that was pressed, what the command is given. */
  readonly argument?: string | undefined;
  /** In milliseconds since the Unix epoch. */
  readonly atMs: number;
}

/** What the app's handlers are called with, as it is stored. */
export type StoredEvent =
  | ReplyEvent
  | ReplyEditedEvent
  | ReplyDeletedEvent
  | ReactionEvent
  | CommandEvent
  | StoredThreadEvent;

/** The types of {@link StoredEvent} for which handlers are named by the type, too. */
export const NAMED_EVENT_TYPES = [
  'reply.edited',
  'reply.deleted',
  'reaction',
  'command',
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
    case 'command':
      return `a command in thread ${threadId}`;
    default:
      return `the event "${type}" of thread ${threadId}`;
  }
}
