import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { ErrorDescriber } from '../../errors/index.js';
import { TranscriptStore } from '../transcripts/transcript-store.js';
import { EventPages } from './event-pages.js';
import { FeedChannel } from './feed-channel.js';
import type { StreamReader } from './stream-reader.js';
import { ThreadFeed, type FeedSource } from './thread-feed.js';

/** Tells the readers of threads, in all processes, that there is something new. */
@Injectable()
export class ThreadFeeds {
  readonly #channel: FeedChannel;
  readonly #source: FeedSource;
  /** Those that have readers. */
  readonly #feeds = new Map<string, ThreadFeed>();

  constructor(
    channel: FeedChannel,
    store: TranscriptStore,
    pages: EventPages,
    clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#channel = channel;
    this.#source = { store, pages, clock, logger: new ThrottledLogger('SupportChat', errors) };
  }

  /** Call it after each write to a thread, also after a purge. Returns at once and never fails. */
  changed(threadId: string): void {
    this.#feeds.get(threadId)?.wake();
    this.#channel.publish(threadId);
  }

  /** Sends a reader of a thread what is new from now on, and what has come since it last read. */
  add(threadId: string, reader: StreamReader): void {
    const feed = this.#feeds.get(threadId) ?? new ThreadFeed(threadId, this.#source);
    this.#feeds.set(threadId, feed);
    feed.add(reader);
  }

  delete(threadId: string, reader: StreamReader): void {
    const feed = this.#feeds.get(threadId);
    feed?.delete(reader);
    if (feed?.isEmpty) this.#feeds.delete(threadId);
  }

  /** Listens to what other processes change, or tries again when that has failed. */
  listen(): void {
    this.#channel.listen({
      changed: (threadId) => this.#feeds.get(threadId)?.wake(),
      resumed: () => this.#wakeAll(),
    });
  }

  /** Looks for what nobody has told. */
  refresh(): void {
    this.listen();
    this.#wakeAll();
  }

  /** Listens no more. {@link changed} still tells the other processes. */
  close(): void {
    this.#channel.close();
  }

  #wakeAll(): void {
    for (const feed of this.#feeds.values()) feed.wake();
  }
}
