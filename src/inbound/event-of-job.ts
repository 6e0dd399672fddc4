import { albumReply } from '../events/album-reply.js';
import type { Job } from '../queue/job.interface.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';

/** The event of a job, with the other files of its album. */
export function eventOfJob({
  payload,
  progress,
}: Pick<Job<InboundEvent, InboundProgress>, 'payload' | 'progress'>): InboundEvent {
  const others = progress?.album ?? [];
  return payload.type === 'reply' && others.length > 0 ? albumReply([payload, ...others]) : payload;
}
