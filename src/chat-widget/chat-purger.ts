import { Inject, Injectable } from '@nestjs/common';
import { TelegramService } from '../telegram.service.js';
import { CHAT_TELEGRAM } from './chat.constants.js';
import { ChatSettings } from './config/chat-settings.js';
import { ThreadFeeds } from './stream/thread-feeds.js';
import { ThreadOrder } from './thread-order.js';
import { TranscriptStore } from './transcripts/transcript-store.js';
import { Uploads } from './uploads/uploads.js';

/** How many threads to list at a time. */
const MOST_THREADS = 10_000;

/** Forgets threads and customers. Each method may be called again when it has failed: the transcript goes last. */
@Injectable()
export class ChatPurger {
  constructor(
    private readonly settings: ChatSettings,
    private readonly store: TranscriptStore,
    private readonly feeds: ThreadFeeds,
    private readonly uploads: Uploads,
    private readonly order: ThreadOrder,
    @Inject(CHAT_TELEGRAM) private readonly telegram: TelegramService,
  ) {}

  async purgeThread(threadId: string): Promise<void> {
    await this.uploads.purgeThread(threadId);
    await this.order.change(threadId, async () => {
      await this.#purgeInTelegram(threadId);
      await this.store.purgeThread(threadId);
    });
    this.feeds.changed(threadId);
  }

  /** @returns The ids of the threads, each once. */
  async purgeCustomer(customerId: string): Promise<string[]> {
    await this.uploads.purgeCustomer(customerId);
    const purged = new Set<string>();
    const list = () => this.store.listThreads(customerId, { limit: MOST_THREADS });
    // Again, because the customer may have opened others meanwhile.
    for (let threads = await list(); threads.length > 0; threads = await list()) {
      for (const { threadId } of threads) {
        await this.purgeThread(threadId);
        purged.add(threadId);
      }
    }
    for (const threadId of await this.store.purgeCustomer(customerId)) {
      await this.purgeThread(threadId);
      purged.add(threadId);
    }
    return [...purged];
  }

  async #purgeInTelegram(threadId: string): Promise<void> {
    if (!this.settings.isEnabled) return;
    const { accepted } = await this.telegram.purgeThread({ threadId });
    if (!accepted) throw new Error(`Thread ${threadId} is not purged in Telegram yet: purge again`);
  }
}
