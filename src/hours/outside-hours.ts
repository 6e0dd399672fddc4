import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import { ThreadEventPublisher } from '../threads/thread-event-publisher.js';

/** Longer than any day is, those included on which clocks change. */
const LIFE_MS = 48 * 60 * 60 * 1000;

/** Has the app know when a customer writes while the desk is closed, so that the customer learns when somebody answers. */
@Injectable()
export class OutsideHours {
  /** By thread, the newest day, and the message with which the app has learned of it. */
  readonly #told: TtlStore;

  constructor(
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
    private readonly events: ThreadEventPublisher,
    storage: DeskStorage,
  ) {
    this.#told = storage.ttlStore('outside-hours', LIFE_MS);
  }

  /**
   * Call it when a message of a customer is stored. The app learns of the first of a thread on each day of the desk's time
   * zone, once across all processes, and however often the message is notified of.
   *
   * @throws When that could not be stored.
   */
  async customerWrote(threadId: string, messageId: string): Promise<void> {
    const { hours } = this.settings;
    const nowMs = this.clock.now();
    if (!hours || hours.clock.isOpen(nowMs)) return;
    const date = hours.clock.dateAt(nowMs);
    const told = `${date} ${messageId}`;
    const known = await this.#told.setIfAbsent(threadId, told);
    if (known !== told) {
      if (known.startsWith(`${date} `)) return;
      // Two processes may come here at once: the event has one id for each day.
      await this.#told.set(threadId, told);
    }
    const opensAtMs = hours.clock.nextOpening(nowMs);
    await this.events.publishTimed({
      type: 'outside-hours',
      id: `outside-hours:${date}:${threadId}`,
      threadId,
      text: hours.autoReply(opensAtMs),
      ...(opensAtMs !== null && { opensAtMs }),
      atMs: nowMs,
    });
  }

  /** The thread is purged. */
  async forget(threadId: string): Promise<void> {
    await this.#told.delete(threadId);
  }
}
