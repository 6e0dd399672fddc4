import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, type Timer } from '../../common/clock.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { ErrorDescriber } from '../../errors/index.js';
import { ChatSettings } from '../config/chat-settings.js';
import { ThreadFeeds } from '../stream/thread-feeds.js';
import { TranscriptStore } from './transcript-store.js';

/** Not while the app boots. */
const FIRST_MS = 60_000;
const INTERVAL_MS = 6 * 60 * 60 * 1000;

/** Lets a store of the app forget threads that are older than `retentionDays`. */
@Injectable()
export class TranscriptPruner implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger: ThrottledLogger;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(
    private readonly settings: ChatSettings,
    private readonly store: TranscriptStore,
    private readonly feeds: ThreadFeeds,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger('SupportChat', errors);
  }

  onApplicationBootstrap(): void {
    this.#pruneIn(FIRST_MS);
  }

  onModuleDestroy(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  #pruneIn(delayMs: number): void {
    this.#timer = this.clock.setTimer(() => {
      this.#pruneIn(INTERVAL_MS);
      void this.#prune();
    }, delayMs);
    this.#timer.unref?.();
  }

  async #prune(): Promise<void> {
    const before = new Date(this.clock.now() - this.settings.retentionMs);
    try {
      for (const threadId of await this.store.prune(before)) this.feeds.changed(threadId);
    } catch (error) {
      // The app closes what its store needs while it shuts down.
      if (this.#isClosed) return;
      const reason = this.#logger.describe(error);
      this.#logger.warn(
        `The store of the chat has not forgotten old threads, and is asked again in 6 hours: ${reason}`,
      );
    }
  }
}
