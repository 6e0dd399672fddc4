import type { Job } from '../queue/job.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from './jobs/outbound-progress.interface.js';

const FIRST = 0;
const NEW_THREADS = 1;
const FURTHER_MESSAGES = 2;
const LOOKS = 3;

/**
 * What goes first when the rate limit is short, the lowest number first: what an agent must know of a reply,
 * then customers who are new, then further messages, then how topics and cards look. The rest of a long first message is a
 * further one.
 */
export function priorityOf(job: Job<OutboundJob, OutboundProgress>): number {
  const { payload, progress = NOTHING_SENT } = job;
  switch (payload.type) {
    case 'failure.shown':
      return FIRST;
    case 'agent.notified':
      // Whoever chats in the group, or reads what was said, is no more urgent than a customer.
      return ['not_a_reply', 'history'].includes(payload.code) ? FURTHER_MESSAGES : FIRST;
    case 'thread.opened':
      return progress.sentParts > 0 ? FURTHER_MESSAGES : NEW_THREADS;
    case 'message.added':
    case 'message.edited':
    case 'message.deleted':
    case 'action.told':
    case 'reaction.set':
    case 'thread.read':
    case 'thread.rated':
    case 'desk.notified':
    case 'thread.updated':
    case 'thread.assigned':
    case 'thread.closed':
    case 'thread.reopened':
    case 'thread.purged':
    case 'move.requested':
    case 'card.edited':
      return FURTHER_MESSAGES;
    case 'topic.synced':
    case 'card.synced':
    case 'hold.ended':
      return LOOKS;
  }
}
