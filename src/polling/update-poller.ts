import type { Update } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { Backoff } from '../common/backoff.js';
import { Clock } from '../common/clock.js';
import { delay } from '../common/delay.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { BotApiRateLimitError, toError } from '../errors/index.js';
import { UpdateRouter } from '../desk/update-router.js';
import { UpdateTelemetry } from '../telemetry/update-telemetry.js';
import { LeaderElection } from './leader-election.js';
import { isWebhookConflict, PollingLog } from './polling-log.js';
import { UpdateFetcher } from './update-fetcher.js';
import { WebhookActiveError } from './webhook-active.error.js';

/**
 * Polls Telegram for updates, where there is no webhook. An update is confirmed once it is stored or
 * handled; Telegram repeats the others.
 */
@Injectable()
export class UpdatePoller {
  readonly #backoff = new Backoff();
  /** The work of the current term as leader; it never rejects. */
  #term: Promise<void> = Promise.resolve();

  /** @param election One process polls at a time, because Telegram gives each update to one request. */
  constructor(
    private readonly api: BotApiClient,
    private readonly fetcher: UpdateFetcher,
    private readonly updates: UpdateRouter,
    private readonly election: LeaderElection,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
    private readonly log: PollingLog,
    private readonly telemetry: UpdateTelemetry,
  ) {}

  /** Polls from now on, whenever this process is the leader. */
  start(): void {
    this.telemetry.outside(() =>
      this.election.start(
        (lost) => {
          this.log.elected();
          this.#term = this.#term.then(() => this.#poll(lost));
        },
        () => this.log.waiting(),
      ),
    );
  }

  /** Sends no further request. */
  stop(): void {
    this.election.stop();
  }

  /** Call it when no update is being handled any more: confirms what was completed and lets another process take over. */
  async finish(): Promise<void> {
    await this.#term;
    try {
      if (this.election.isLeader && this.fetcher.hasUnconfirmed) await this.fetcher.confirm();
    } catch (error) {
      this.log.debug('Telegram will repeat updates that were handled', error);
    }
    try {
      await this.election.release();
    } catch (error) {
      this.log.debug('Could not release the polling lease, which expires by itself', error);
    }
  }

  /** Never rejects. */
  async #poll(lost: AbortSignal): Promise<void> {
    let isWebhookRemoved = false;
    while (!lost.aborted) {
      try {
        if (!isWebhookRemoved) await this.#removeWebhook(lost);
        isWebhookRemoved = true;
        const updates = await this.fetcher.fetch(lost);
        this.log.working();
        await this.#handle(updates);
        this.#backoff.reset();
      } catch (error) {
        if (lost.aborted) break;
        isWebhookRemoved = !isWebhookConflict(error);
        this.log.failed(toError(error));
        await delay(this.clock, this.#waitAfter(error), lost);
      }
    }
  }

  /** Telegram delivers to a webhook or answers `getUpdates`, never both. */
  async #removeWebhook(signal: AbortSignal): Promise<void> {
    const { url } = await this.api.call('getWebhookInfo', undefined, { signal });
    if (url) {
      if (!this.settings.polling.removeWebhook) throw new WebhookActiveError(url);
      await this.api.call('deleteWebhook', undefined, { signal });
      this.log.webhookRemoved();
    }
    this.log.started();
  }

  /** Enqueues updates in order, then waits for all: those of different threads are handled side by side. */
  async #handle(updates: readonly Update[]): Promise<void> {
    const taken: Array<{ readonly update: Update; readonly persisted: Promise<void> }> = [];
    let failure: unknown;
    for (const update of updates) {
      try {
        const { persisted } = await this.updates.enqueue(update);
        // It is awaited below, but may reject before.
        persisted.catch(() => undefined);
        taken.push({ update, persisted });
      } catch (error) {
        failure = error;
        break;
      }
    }
    for (const { update, persisted } of taken) {
      await persisted;
      this.fetcher.complete(update);
    }
    if (failure !== undefined) throw failure;
  }

  #waitAfter(error: unknown): number {
    const delayMs = this.#backoff.nextMs();
    return error instanceof BotApiRateLimitError ? Math.max(delayMs, error.retryAfterMs) : delayMs;
  }
}
