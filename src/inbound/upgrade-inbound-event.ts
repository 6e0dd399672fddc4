import type { Message } from '@grammyjs/types';
import type { HandlerFailures, ReplyEvent } from '../replies/reply-event.interface.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { agentOf, type Agent } from '../updates/agent.js';
import { messageHtml } from '../updates/message-html.js';
import { messageText } from '../updates/message-text.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';

/** A reply as it was stored before events had a version: the message was parsed again at each attempt. */
interface UnversionedReply {
  readonly v?: never;
  readonly threadId: string;
  readonly message: Message;
  readonly receivedAtMs?: number;
  readonly takenBy: readonly string[];
  readonly declinedBy?: readonly string[];
  readonly failures?: Readonly<Record<string, HandlerFailures>>;
  readonly handedOn?: number;
}

/** An acknowledgement as it was stored before events had a version. */
interface UnversionedAcknowledgement {
  readonly v?: never;
  readonly kind: 'acknowledgement';
  readonly threadId: string;
  readonly about: MessageRef;
  readonly tries: number;
}

/** What the inbound queue may hold after an upgrade from a version before. */
export type StoredInboundEvent = InboundEvent | UnversionedReply | UnversionedAcknowledgement;

/** An event of this version, and what an older one kept of its progress. */
export interface UpgradedInboundEvent {
  readonly event: InboundEvent;
  /** Undefined when the event was stored by this version, which keeps progress beside the event. */
  readonly progress?: InboundProgress;
}

/** Authorship was checked when the reply was stored, so this stands in only if the rules have changed since. */
const UNKNOWN_AGENT: Agent = { id: 0, name: 'Agent', anonymous: true };

/** Reads a stored event of any version. Never fails, so that no stored event blocks its thread. */
export function upgradeInboundEvent(stored: StoredInboundEvent): UpgradedInboundEvent {
  if (stored.v !== undefined) return { event: stored };
  if ('kind' in stored) {
    const { threadId, about: message, tries } = stored;
    return { event: { v: 1, type: 'acknowledgement', threadId, message }, progress: { tries } };
  }
  const { threadId, message, receivedAtMs, takenBy, ...progress } = stored;
  const { declinedBy = [], failures = {}, handedOn = 0 } = progress;
  return {
    event: replyEventOf(threadId, message, receivedAtMs),
    progress: { handledBy: takenBy, declinedBy, failures, handedOn },
  };
}

function replyEventOf(threadId: string, raw: Message, receivedAtMs?: number): ReplyEvent {
  const sentAtMs = raw.date * 1000;
  const { text, entities } = messageText(raw) ?? { text: '', entities: [] };
  return {
    v: 1,
    type: 'reply',
    threadId,
    agent: agentOf(raw) ?? UNKNOWN_AGENT,
    message: { chatId: raw.chat.id, messageId: raw.message_id },
    text,
    html: messageHtml(text, entities),
    sentAtMs,
    receivedAtMs: receivedAtMs ?? sentAtMs,
    raw,
  };
}
