import { eventOfJob } from '../inbound/event-of-job.js';
import type { InboundEvent, InboundProgress } from '../inbound/inbound-event.interface.js';
import type { Job } from '../queue/job.interface.js';
import type { OutboundJob } from '../outbound/jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../outbound/jobs/outbound-progress.interface.js';
import { letterId } from './dead-letter-id.js';
import type { DeadLetter } from './dead-letter.interface.js';

/** Where, why and when a job was given up. */
export interface Failure {
  readonly desk: string;
  readonly reason: string;
  readonly failedAtMs: number;
}

/** The dead letter of a notice that Telegram refused. */
export function outboundLetter(
  job: Job<OutboundJob, OutboundProgress>,
  { desk, reason, failedAtMs: diedAtMs }: Failure,
): DeadLetter {
  const { payload } = job;
  return {
    id: letterId(desk, 'outbound', job.id),
    desk,
    direction: 'outbound',
    threadId: payload.threadId ?? null,
    text: wordsOf(payload),
    agent: null,
    reason,
    attempts: job.attempts,
    diedAt: new Date(diedAtMs),
  };
}

/** What a customer wrote in a job; empty for notices to agents. */
export function wordsOf(job: OutboundJob): string {
  if ('body' in job) return job.body.text;
  return 'text' in job ? job.text : '';
}

/** The dead letter of a reply, or another event of a thread, that the app could not process. */
export function inboundLetter(
  job: Job<InboundEvent, InboundProgress>,
  { desk, reason, failedAtMs: diedAtMs }: Failure,
): DeadLetter {
  const { id, attempts, progress } = job;
  // The attempts of a handler count when other processes had the job between them.
  const failures = Object.values(progress?.failures ?? {}).map(({ times }) => times);
  const event = eventOfJob(job);
  return {
    id: letterId(desk, 'inbound', id),
    desk,
    direction: 'inbound',
    threadId: event.threadId,
    text: textOf(event),
    agent: event.agent,
    reason,
    attempts: Math.max(attempts, ...failures),
    diedAt: new Date(diedAtMs),
  };
}

/** What an agent wrote. */
export function textOf(event: InboundEvent): string {
  if (!('raw' in event)) return 'text' in event ? (event.text ?? '') : '';
  const messages = event.album ?? [event.raw];
  return messages
    .map(({ text, caption }) => text ?? caption ?? '')
    .filter(Boolean)
    .join('\n');
}
