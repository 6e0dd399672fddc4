import { Inject, Injectable } from '@nestjs/common';
import { TelegramService } from '../telegram.service.js';
import { CHAT_TELEGRAM } from './chat.constants.js';
import { ChatSettings } from './config/chat-settings.js';
import { ThreadEvents } from './thread-events.js';
import { ThreadOrder } from './thread-order.js';
import { TranscriptStore } from './transcripts/transcript-store.js';

/** Closes and opens threads for the app: first at the desk, then in the transcript. */
@Injectable()
export class ThreadStatuses {
  constructor(
    private readonly settings: ChatSettings,
    private readonly store: TranscriptStore,
    private readonly events: ThreadEvents,
    private readonly order: ThreadOrder,
    @Inject(CHAT_TELEGRAM) private readonly telegram: TelegramService,
  ) {}

  /** @returns Whether there is such a thread. */
  change(threadId: string, event: 'closed' | 'reopened'): Promise<boolean> {
    return this.order.change(threadId, async () => {
      const before = await this.store.findThread(threadId);
      if (!before) return false;
      await this.#changeInTelegram(threadId, event);
      const status = event === 'closed' ? 'closed' : 'open';
      if (before.status === status) return true;
      // The record does not change by what is appended.
      return (await this.events.record(threadId, event, before.changed)) !== null;
    });
  }

  async #changeInTelegram(threadId: string, event: 'closed' | 'reopened'): Promise<void> {
    if (!this.settings.isEnabled) return;
    const { accepted } =
      event === 'closed'
        ? await this.telegram.closeThread({ threadId })
        : await this.telegram.reopenThread({ threadId });
    if (!accepted) throw new Error(`Thread ${threadId} is not ${event} in Telegram yet: try again`);
  }
}
