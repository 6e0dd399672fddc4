import { Injectable } from '@nestjs/common';
import type { ReplyEditedEvent, ReplyEvent } from '../events/reply-event.interface.js';
import type { ReplyDeletedEvent, StoredEvent } from '../events/stored-event.interface.js';
import type { Job } from '../queue/job.interface.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import { eventOfJob } from './event-of-job.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';
import { isDeleted, ReplyVersions } from './reply-versions.js';

/**
 * What to do with an event at its turn.
 *
 * - `deliver`: hand it over in this form; `version` is that of the reply that it shows.
 * - `drop`: it is out of date: a newer form follows or has been handed over, or the reply is deleted.
 * - `confirm`: nothing is to be handed over, and the agent is to see that it was done.
 */
export type Revision =
  | Delivery
  | { readonly kind: 'confirm'; readonly event: ReplyDeletedEvent }
  | { readonly kind: 'drop' };

/** An event that is to be handed over. */
export interface Delivery {
  readonly kind: 'deliver';
  readonly event: StoredEvent;
  readonly version: number;
}

const DROP: Revision = { kind: 'drop' };

/** Has the app get each reply in its newest form, and none that was deleted before. */
@Injectable()
export class RevisionGate {
  constructor(private readonly versions: ReplyVersions) {}

  /** @throws When the store does not answer within 2 seconds. */
  async check(job: Job<InboundEvent, InboundProgress>): Promise<Revision> {
    const event = eventOfJob(job);
    switch (event.type) {
      case 'reply':
        return this.#checkReply(event, job.progress?.handledBy ?? []);
      case 'reply.edited':
        return this.#checkEdit(event);
      case 'reply.deleted':
        return this.#checkDeletion(event);
      default:
        return { kind: 'deliver', event, version: 0 };
    }
  }

  async #checkReply(event: ReplyEvent, handledBy: readonly string[]): Promise<Revision> {
    const newest = await this.versions.find(event.message);
    if (isDeleted(newest)) {
      if (handledBy.length === 0) await this.versions.markWithheld(event.message);
      return DROP;
    }
    const { version, content, earlyDeletion: early } = newest;
    if (early?.agentId === event.agent.id && handledBy.length === 0) {
      return { kind: 'confirm', event: deletionOf(event, early.atMs) };
    }
    return { kind: 'deliver', event: { ...event, ...content }, version };
  }

  async #checkEdit(event: ReplyEditedEvent): Promise<Revision> {
    const { message, version } = event;
    const newest = await this.versions.find(message);
    const isOutdated = isDeleted(newest) || newest.version > version;
    if (isOutdated || (await this.versions.deliveredVersion(message)) >= version) return DROP;
    return { kind: 'deliver', event, version };
  }

  async #checkDeletion(event: ReplyDeletedEvent): Promise<Revision> {
    const { message } = event;
    const { version, deletion } = await this.versions.find(message);
    const isDone = deletion?.state === 'done' || (await this.versions.isWithheld(message));
    return isDone ? { kind: 'confirm', event } : { kind: 'deliver', event, version };
  }
}

function deletionOf(
  { threadId, desk = DEFAULT_DESK, agent, message }: ReplyEvent,
  atMs: number,
): ReplyDeletedEvent {
  return { v: 1, type: 'reply.deleted', threadId, desk, agent, message, atMs };
}
