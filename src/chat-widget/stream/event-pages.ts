import { Injectable } from '@nestjs/common';
import type { TranscriptThread } from '../transcripts/transcript.interface.js';
import { TranscriptStore } from '../transcripts/transcript-store.js';
import { encodeEvent, EventPage, type StreamEvent } from './event-page.js';
import { EventPresenter } from './event-presenter.js';

/** How many messages are read at a time. */
const PAGE = 50;

/** Reads what has changed in a thread, as events. */
@Injectable()
export class EventPages {
  constructor(
    private readonly store: TranscriptStore,
    private readonly presenter: EventPresenter,
  ) {}

  /**
   * The first changes above a cursor, up to the counter of the thread as it was read.
   *
   * What is above that counter is left to the next read of the thread: a change of the record that was made since would be
   * skipped otherwise.
   */
  async read(thread: TranscriptThread, after: number): Promise<EventPage> {
    const { threadId, lastNumber } = thread;
    const found = await this.store.list(threadId, { after, limit: PAGE });
    const messages = found.filter(({ changed }) => changed <= lastNumber);
    const isFull = found.length === PAGE && messages.length === PAGE;
    const upTo = isFull ? (messages.at(-1)?.changed ?? lastNumber) : lastNumber;
    const events: StreamEvent[] = messages.map((message) => ({
      id: message.changed,
      bytes: encodeEvent('message', this.presenter.message(thread, message), message.changed),
    }));
    if (thread.changed > after && thread.changed <= upTo) {
      const bytes = encodeEvent('thread', this.presenter.thread(thread), thread.changed);
      events.push({ id: thread.changed, bytes });
      events.sort((one, other) => one.id - other.id);
    }
    return new EventPage(events, after, upTo);
  }
}
