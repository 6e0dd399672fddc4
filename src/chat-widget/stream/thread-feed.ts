import type { Clock, Timer } from '../../common/clock.js';
import type { ThrottledLogger } from '../../common/throttled-logger.js';
import type { TranscriptThread } from '../transcripts/transcript.interface.js';
import type { TranscriptStore } from '../transcripts/transcript-store.js';
import type { EventPages } from './event-pages.js';
import type { StreamReader } from './stream-reader.js';

/** The wait before the store is asked again when it has failed. */
const RETRY_MS = 1_000;

/** Where a feed reads from. */
export interface FeedSource {
  readonly store: TranscriptStore;
  readonly pages: EventPages;
  readonly clock: Clock;
  readonly logger: ThrottledLogger;
}

/** The readers of one thread in this process. However many there are, the store is read once for all. */
export class ThreadFeed {
  readonly #threadId: string;
  readonly #source: FeedSource;
  readonly #readers = new Set<StreamReader>();
  #isReading = false;
  /** Whether there may be more than what is being read. */
  #isStale = false;
  #retry: Timer | undefined;

  constructor(threadId: string, source: FeedSource) {
    this.#threadId = threadId;
    this.#source = source;
  }

  get isEmpty(): boolean {
    return this.#readers.size === 0;
  }

  /** Adds a reader and sends it what has come since it last read. */
  add(reader: StreamReader): void {
    this.#readers.add(reader);
    this.wake();
  }

  delete(reader: StreamReader): void {
    this.#readers.delete(reader);
    if (this.isEmpty) this.#retry?.cancel();
  }

  /** Sends the readers what is new. Returns at once and never fails. */
  wake(): void {
    this.#isStale = true;
    if (!this.#isReading && !this.isEmpty) void this.#readWhileStale();
  }

  async #readWhileStale(): Promise<void> {
    this.#isReading = true;
    this.#retry?.cancel();
    try {
      while (this.#isStale && !this.isEmpty) {
        this.#isStale = false;
        await this.#read();
      }
    } catch (error) {
      const { clock, logger } = this.#source;
      logger.warn(
        `The store of the chat has failed, so that streams wait: ${logger.describe(error)}`,
      );
      this.#retry = clock.setTimer(() => this.wake(), RETRY_MS);
      this.#retry.unref?.();
    } finally {
      this.#isReading = false;
    }
  }

  async #read(): Promise<void> {
    const { store, pages } = this.#source;
    const thread = await store.findThread(this.#threadId);
    if (!thread) {
      for (const reader of this.#readers) reader.gone();
      return;
    }
    for (let after = this.#firstCursor(thread); after < thread.lastNumber;) {
      const page = await pages.read(thread, after);
      for (const reader of this.#readers) {
        reader.send(page);
        reader.dropIfSlow();
      }
      after = page.upTo;
    }
  }

  /** How far all readers have come. Those that know more than there is are told to begin anew. */
  #firstCursor({ lastNumber }: TranscriptThread): number {
    let first = lastNumber;
    for (const reader of this.#readers) {
      if (reader.cursor > lastNumber) reader.reset(lastNumber);
      else first = Math.min(first, reader.cursor);
    }
    return first;
  }
}
