import type { OutboundJob } from './outbound-job.interface.js';

const URGENCIES = {
  replyFailed: 0,
  replyUnroutable: 0,
  replyRefused: 0,
  replyWaits: 0,
  reactionsForbidden: 0,
  replyEdited: 0,
  replyUnsupported: 0,
  newThread: 1,
  userMessage: 2,
  // Whoever chats in the group is no more urgent than a customer.
  notAReply: 2,
} as const satisfies Record<OutboundJob['kind'], number>;

/**
 * What goes first when the budget is short: what an agent must know of a reply, then customers who
 * are new, then further messages. The rest of a long first message is a further one.
 */
export function priorityOf({ kind, sentParts }: OutboundJob): number {
  return kind === 'newThread' && sentParts > 0 ? URGENCIES.userMessage : URGENCIES[kind];
}
