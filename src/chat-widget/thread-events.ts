import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { ThreadFeeds } from './stream/thread-feeds.js';
import { TranscriptStore } from './transcripts/transcript-store.js';
import type { TranscriptThread } from './transcripts/transcript.interface.js';

/** Writes into a transcript that its thread was closed, or opened again, and changes its status. */
@Injectable()
export class ThreadEvents {
  constructor(
    private readonly store: TranscriptStore,
    private readonly feeds: ThreadFeeds,
    private readonly clock: Clock,
  ) {}

  /**
   * @param id The same when it is tried again.
   * @returns The thread; null when there is none.
   */
  async record(
    threadId: string,
    event: 'closed' | 'reopened',
    id: string | number,
  ): Promise<TranscriptThread | null> {
    await this.store.append(threadId, {
      id: `s:${event}:${id}`,
      author: { kind: 'system' },
      event,
      sentAt: new Date(this.clock.now()),
    });
    const status = event === 'closed' ? 'closed' : 'open';
    const thread = await this.store.updateThread(threadId, { status });
    this.feeds.changed(threadId);
    return thread;
  }
}
