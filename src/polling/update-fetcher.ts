import type { Update } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { UpdateRouter } from '../desk/update-router.js';

/** How long Telegram holds a request while there is no update; 50 s is the most (Client.cpp:15713). */
const LONG_POLL_SECONDS = 30;

/** A request without an answer has reached Telegram after this time. */
const DELIVERED_MS = 1_000;

/** How long the last request may take when the app shuts down. */
const CONFIRM_TIMEOUT_MS = 2_000;

/**
 * Fetches the updates of one bot by `getUpdates`. Each request confirms the updates before its offset;
 * Telegram repeats what is not confirmed.
 */
@Injectable()
export class UpdateFetcher {
  /** The first update that has not been completed. */
  #offset = 0;
  /** The offset that has reached Telegram for certain. */
  #confirmed = 0;

  constructor(
    private readonly api: BotApiClient,
    private readonly updates: UpdateRouter,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
  ) {}

  /** Whether Telegram would repeat updates that have been completed. */
  get hasUnconfirmed(): boolean {
    return this.#offset > this.#confirmed;
  }

  /** The next updates, as soon as there are any; an empty list after {@link LONG_POLL_SECONDS}. */
  async fetch(signal: AbortSignal): Promise<Update[]> {
    const offset = this.#offset;
    const startedAtMs = this.clock.monotonicMs();
    try {
      const updates = await this.api.call(
        'getUpdates',
        { offset, timeout: LONG_POLL_SECONDS, allowed_updates: await this.updates.updateTypes() },
        { signal, timeoutMs: LONG_POLL_SECONDS * 1000 + this.settings.requestTimeoutMs },
      );
      this.#confirmed = offset;
      return updates;
    } catch (error) {
      // One that was cancelled early may never have left this process.
      if (!signal.aborted) this.#confirmed = 0;
      else if (this.clock.monotonicMs() - startedAtMs >= DELIVERED_MS) this.#confirmed = offset;
      throw error;
    }
  }

  /** Call it in the order of the updates: the update and all before it need not be repeated. */
  complete({ update_id: id }: Update): void {
    this.#offset = id + 1;
  }

  /** Confirms the completed updates without waiting for others. @throws When Telegram does not answer. */
  async confirm(): Promise<void> {
    await this.api.call(
      'getUpdates',
      { offset: this.#offset, limit: 1, allowed_updates: await this.updates.updateTypes() },
      { timeoutMs: CONFIRM_TIMEOUT_MS },
    );
  }
}
