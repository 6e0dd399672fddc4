import type { DecoratedMethod } from '../discovery/decorated-method.interface.js';
import type { IncomingAttachment } from '../files/incoming-attachment.interface.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import type { EventHandler } from './event-handler.interface.js';
import { handlerName } from './handler-name.js';
import type { DeletedReply } from './deleted-reply.interface.js';
import type { EditedReply } from './edited-reply.interface.js';
import type { ReplyEditedEvent, ReplyEvent } from './reply-event.interface.js';
import type {
  ReactionEvent,
  ReplyDeletedEvent,
  StoredEvent,
  StoredThreadEvent,
} from './stored-event.interface.js';
import type { ThreadEvent } from './thread-event.interface.js';
import { isForThread } from '../discovery/is-for-thread.js';
import type { ThreadFilter } from '../discovery/thread-filter.interface.js';
import type { ThreadReaction } from './thread-reaction.interface.js';
import type { ThreadReply } from './thread-reply.interface.js';
import { albumIdOf } from '../updates/message-files.js';
import { hasOwnText } from '../updates/message-text.js';

/**
 * Makes a handler of a decorated method.
 *
 * @param argument Makes a copy for this handler, so that none changes what the others get.
 */
export function eventHandlerOf<T>(
  type: StoredEvent['type'],
  { name: method, options: { threads }, handle }: DecoratedMethod<T, ThreadFilter>,
  argument: () => T,
): EventHandler {
  const name = handlerName(type, method);
  return {
    name,
    accepts: (threadId) => isForThread(threadId, threads, name),
    call: async (signal) => {
      await handle(argument(), signal);
    },
  };
}

/** @param attachments The files of the reply. */
export function threadReplyOf(
  event: ReplyEvent | ReplyEditedEvent,
  attachments: readonly IncomingAttachment[],
): ThreadReply {
  const { threadId, desk = DEFAULT_DESK, replyTo, text, html, agent, message, raw, album } = event;
  const albumId = albumIdOf(raw);
  return {
    threadId,
    desk,
    ...(replyTo && { replyTo: { ...replyTo } }),
    text,
    hasText: (album ?? [raw]).some((each) => hasOwnText(each)),
    html,
    attachments: [...attachments],
    ...(albumId !== undefined && { albumId }),
    agent: { ...agent },
    message: { ...message },
    sentAt: new Date(event.sentAtMs),
    receivedAt: new Date(event.receivedAtMs),
    raw,
  };
}

/** @param attachments The files of the reply. */
export function editedReplyOf(
  event: ReplyEditedEvent,
  attachments: readonly IncomingAttachment[],
): EditedReply {
  return { ...threadReplyOf(event, attachments), editedAt: new Date(event.editedAtMs) };
}

export function deletedReplyOf(event: ReplyDeletedEvent): DeletedReply {
  const { threadId, desk, agent, message, albumId, atMs } = event;
  return {
    threadId,
    desk,
    agent: { ...agent },
    message: { ...message },
    ...(albumId !== undefined && { albumId }),
    at: new Date(atMs),
  };
}

export function threadReactionOf(event: ReactionEvent): ThreadReaction {
  const { id, threadId, desk, agent, message, messageId, added, removed, atMs } = event;
  return {
    id,
    threadId,
    desk,
    agent: { ...agent },
    message: { ...message },
    ...(messageId !== undefined && { messageId }),
    added: [...added],
    removed: [...removed],
    at: new Date(atMs),
  };
}

export function threadEventOf(event: StoredThreadEvent): ThreadEvent {
  const { id, type, threadId, desk, agent, formerDesk, text, message, atMs } = event;
  const { opensAtMs, closesAtMs, waitingSinceMs } = event;
  return {
    id,
    type,
    threadId,
    desk,
    agent: agent && { ...agent },
    ...(formerDesk !== undefined && { formerDesk }),
    ...(text !== undefined && { text }),
    ...(message && { message: { ...message } }),
    ...(opensAtMs !== undefined && { opensAt: new Date(opensAtMs) }),
    ...(closesAtMs !== undefined && { closesAt: new Date(closesAtMs) }),
    ...(waitingSinceMs !== undefined && { waitingSince: new Date(waitingSinceMs) }),
    at: new Date(atMs),
  };
}
