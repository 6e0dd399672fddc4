import type { Job } from '../queue/job.interface.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Customer } from './customer.js';
import type { AgentNoticeCode, OutboundJob, OutboundProgress } from './outbound-job.interface.js';

/** What all jobs had before they had a version: their progress among the other fields. */
interface UnversionedProgress {
  readonly v?: never;
  readonly sentParts: number;
  readonly maybeSent: boolean;
  readonly alone: boolean;
}

interface UnversionedMessage extends UnversionedProgress {
  readonly kind: 'newThread' | 'userMessage';
  readonly threadId: string;
  readonly text: string;
  readonly subject?: string;
  readonly customer?: Customer;
  readonly url?: string;
}

interface UnversionedAgentNotice extends UnversionedProgress {
  readonly kind: keyof typeof CODES;
  readonly about: MessageRef;
  readonly threadId?: string;
  readonly reason?: string;
  readonly notAReplyReason?: string;
}

/** What the outbound queue may hold after an upgrade from a version before. */
export type StoredOutboundJob = OutboundJob | UnversionedMessage | UnversionedAgentNotice;

const CODES = {
  replyFailed: 'reply_failed',
  replyUnroutable: 'unroutable',
  replyRefused: 'not_allowed',
  replyWaits: 'reply_waiting',
  reactionsForbidden: 'reactions_forbidden',
  replyEdited: 'reply_edited',
  replyUnsupported: 'unsupported',
  notAReply: 'not_a_reply',
} as const satisfies Record<string, AgentNoticeCode>;

/** Reads a stored job of any version. What a job has of progress beside its payload is newer than what is in it. */
export function upgradeOutboundJob(
  job: Job<StoredOutboundJob, OutboundProgress>,
): Job<OutboundJob, OutboundProgress> {
  const { payload: stored } = job;
  if (stored.v !== undefined) return { ...job, payload: stored };
  const { sentParts, maybeSent, alone: sendAlone } = stored;
  const { progress = { sentParts, maybeSent, sendAlone } } = job;
  return { ...job, payload: upgradePayload(stored), progress };
}

function upgradePayload(stored: UnversionedMessage | UnversionedAgentNotice): OutboundJob {
  if ('about' in stored) {
    const { about: inReplyTo, kind, threadId, reason = stored.notAReplyReason } = stored;
    return {
      v: 1,
      type: 'agent.notified',
      inReplyTo,
      code: CODES[kind],
      threadId,
      reason,
    };
  }
  const { kind, threadId, text, subject, customer, url } = stored;
  const message = { v: 1, threadId, body: { text }, customer } as const;
  return kind === 'newThread'
    ? { ...message, type: 'thread.opened', subject, url }
    : { ...message, type: 'message.added' };
}
