import { Injectable } from '@nestjs/common';
import { SafeLogger } from '../common/safe-logger.js';
import { BotApiError, ErrorDescriber } from '../errors/index.js';
import { WebhookActiveError } from './webhook-active.error.js';

/** Logs how polling goes: one line for each cause of a failure, not for each attempt. */
@Injectable()
export class PollingLog {
  readonly #logger: SafeLogger;
  #isWaiting = false;
  /** The failure that was logged last; undefined while polling works. */
  #failure: string | undefined;

  constructor(errors: ErrorDescriber) {
    this.#logger = new SafeLogger('UpdatePoller', errors);
  }

  /** Another process is the leader. */
  waiting(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#logger.log(
      'Another process polls for the updates of this bot; this one takes over when that stops. A desk in another chat needs a bot of its own',
    );
  }

  /** This process is the leader. */
  elected(): void {
    this.#isWaiting = false;
  }

  started(): void {
    this.#logger.log('Polling Telegram for updates');
  }

  webhookRemoved(): void {
    this.#logger.warn('The registered webhook was removed, because polling.removeWebhook is set');
  }

  failed(error: Error): void {
    const message = this.#logger.describe(error);
    if (this.#failure === message) return;
    this.#failure = message;
    this.#logger.error(`Polling failed, so no updates arrive: ${message}${remedyFor(error)}`);
  }

  working(): void {
    if (this.#failure !== undefined) this.#logger.log('Polling works again');
    this.#failure = undefined;
  }

  debug(message: string, error: unknown): void {
    this.#logger.debug(`${message}: ${this.#logger.describe(error)}`);
  }
}

/** Whether polling fails because a webhook is registered. */
export function isWebhookConflict(error: unknown): boolean {
  return (
    error instanceof WebhookActiveError || (isConflict(error) && /webhook/i.test(error.description))
  );
}

function isConflict(error: unknown): error is BotApiError {
  return error instanceof BotApiError && error.errorCode === 409;
}

function remedyFor(error: Error): string {
  if (!isConflict(error) || isWebhookConflict(error)) return '';
  return '. Another process polls with the same bot token: stop it, or give it a bot of its own; processes that share a Redis take turns, with the option redis';
}
