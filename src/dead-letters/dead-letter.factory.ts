import type { InboundEvent } from '../inbound/inbound-event.interface.js';
import { upgradeInboundEvent } from '../inbound/upgrade-inbound-event.js';
import type { Job } from '../queue/job.interface.js';
import type { OutboundJob, OutboundProgress } from '../outbound/outbound-job.interface.js';
import { readOutboundJob } from '../outbound/upgrade-outbound-job.js';
import type { DeadLetter } from './dead-letter.interface.js';

/** Why and when a job was given up. */
export interface Failure {
  readonly reason: string;
  readonly failedAtMs: number;
}

/** The dead letter of a notice that Telegram refused. */
export function outboundLetter(
  stored: Job<OutboundJob, OutboundProgress>,
  { reason, failedAtMs: diedAtMs }: Failure,
): DeadLetter {
  const { id, attempts } = stored;
  const job = readOutboundJob(stored);
  return {
    id: `outbound:${id}`,
    direction: 'outbound',
    threadId: job.threadId ?? null,
    text: 'body' in job ? job.body.text : '',
    reason,
    attempts,
    diedAt: new Date(diedAtMs),
  };
}

/** The dead letter of a reply that the app could not process. */
export function inboundLetter(
  { id, payload, attempts }: Job<InboundEvent>,
  { reason, failedAtMs: diedAtMs }: Failure,
): DeadLetter {
  const { event } = upgradeInboundEvent(payload);
  return {
    id: `inbound:${id}`,
    direction: 'inbound',
    threadId: event.threadId,
    text: event.type === 'reply' ? (event.raw.text ?? event.raw.caption ?? '') : '',
    reason,
    attempts,
    diedAt: new Date(diedAtMs),
  };
}
