import { Injectable } from '@nestjs/common';
import { albumReply } from '../events/album-reply.js';
import type { ReplyEditedEvent, ReplyEvent } from '../events/reply-event.interface.js';
import type { ReplyDeletedEvent, StoredEvent } from '../events/stored-event.interface.js';
import type { Job } from '../queue/job.interface.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import { albumIdOf } from '../updates/message-files.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';
import { isDeleted, ReplyVersions } from './reply-versions.js';

/** What to do with an event at its turn. */
export interface Revision {
  /**
   * What to hand over; null when the event is out of date: a newer form follows or has been handed over, or the reply is
   * deleted.
   */
  readonly delivery: Delivery | null;
  /** Deletions of what the app does not get, which agents are to see. */
  readonly confirmed: readonly ReplyDeletedEvent[];
}

/** An event in the form in which it is to be handed over. */
export interface Delivery {
  readonly event: StoredEvent;
  /** Of a reply, by the id of its message, or of those of its album: which edit this form shows. */
  readonly versions: Readonly<Record<string, number>>;
}

const OUT_OF_DATE: Revision = { delivery: null, confirmed: [] };

/** Has the app get each reply in its newest form, and nothing that was deleted before. */
@Injectable()
export class RevisionGate {
  constructor(private readonly versions: ReplyVersions) {}

  /** @throws When the store does not answer within 2 seconds. */
  async check({ payload, progress = {} }: Job<InboundEvent, InboundProgress>): Promise<Revision> {
    const { album = [], handledBy = [] } = progress;
    switch (payload.type) {
      case 'reply':
        return this.#checkReply([payload, ...album], handledBy.length > 0);
      case 'reply.edited':
        return this.#checkEdit(payload);
      case 'reply.deleted':
        return this.#checkDeletion(payload);
      default:
        return deliver(payload);
    }
  }

  /**
   * @param files A reply, or those that the files of an album are.
   * @param isBegun Whether some handler has got them.
   */
  async #checkReply(files: readonly ReplyEvent[], isBegun: boolean): Promise<Revision> {
    const left: ReplyEvent[] = [];
    const confirmed: ReplyDeletedEvent[] = [];
    const versions: Record<string, number> = {};
    for (const file of files) {
      const { message, agent } = file;
      const newest = await this.versions.find(message);
      const early = newest.earlyDeletion?.agentId === agent.id ? newest.earlyDeletion : undefined;
      if (isDeleted(newest)) {
        if (!isBegun) await this.versions.markWithheld(message);
      } else if (early && !isBegun) {
        confirmed.push(deletionOf(file, early.atMs));
      } else {
        if (file.isReleased && !isBegun) await this.versions.endHold(message);
        left.push({ ...file, ...newest.content });
        if (newest.content) versions[message.messageId] = newest.version;
      }
    }
    const [first, ...others] = left;
    if (!first) return { delivery: null, confirmed };
    const event = others.length > 0 ? albumReply([first, ...others]) : first;
    return { delivery: { event, versions }, confirmed };
  }

  async #checkEdit(event: ReplyEditedEvent): Promise<Revision> {
    const { message, version } = event;
    const newest = await this.versions.find(message);
    const isOutdated =
      isDeleted(newest) || newest.version > version || (await this.versions.isHeld(message));
    if (isOutdated || (await this.versions.deliveredVersion(message)) >= version) {
      return OUT_OF_DATE;
    }
    return deliver(event);
  }

  async #checkDeletion(event: ReplyDeletedEvent): Promise<Revision> {
    const { message } = event;
    const { deletion } = await this.versions.find(message);
    const isDone =
      deletion?.state === 'done' ||
      (await this.versions.isWithheld(message)) ||
      (await this.versions.isHeld(message));
    return isDone ? { delivery: null, confirmed: [event] } : deliver(event);
  }
}

function deliver(event: StoredEvent): Revision {
  return { delivery: { event, versions: {} }, confirmed: [] };
}

function deletionOf(
  { threadId, desk = DEFAULT_DESK, agent, message, raw }: ReplyEvent,
  atMs: number,
): ReplyDeletedEvent {
  const albumId = albumIdOf(raw);
  return { v: 1, type: 'reply.deleted', threadId, desk, agent, message, albumId, atMs };
}
