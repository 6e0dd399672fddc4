import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import type { BotApiResult } from '../bot/bot-api-types.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { BotApiError, BotApiRateLimitError, ErrorDescriber } from '../errors/index.js';
import { UpdateRouter } from '../desk/update-router.js';
import { shownValue } from '../secrets/shown-value.js';
import { WebhookSecrets } from '../secrets/webhook-secrets.js';
import { BotStorage } from '../storage/bot-storage.js';
import { DELIVERY_CAUSES } from './delivery-causes.js';
import { isWebAddress, validateWebhookUrl } from './webhook-url.js';

/** The state of the webhook at Telegram. */
export type WebhookInfo = BotApiResult<'getWebhookInfo'>;

/** How an attempt to register ended: `later` may succeed when it is repeated, `refused` will not. */
export type Registration =
  | { readonly kind: 'registered' | 'unchanged' | 'refused' }
  | {
      readonly kind: 'later';
      /** Milliseconds for which Telegram wants no further attempt; 0 if it did not say. */
      readonly waitMs: number;
    };

/** Reads, sets and removes the webhook of one bot at Telegram. */
@Injectable()
export class WebhookRegistrar {
  readonly #logger: SafeLogger;

  constructor(
    private readonly api: BotApiClient,
    private readonly storage: BotStorage,
    private readonly secrets: WebhookSecrets,
    private readonly settings: TelegramSettings,
    private readonly updates: UpdateRouter,
    private readonly errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(WebhookRegistrar.name, errors);
  }

  /** The state of the webhook at Telegram; null when it does not answer. Never throws. */
  async info(): Promise<WebhookInfo | null> {
    try {
      return await this.api.call('getWebhookInfo');
    } catch (error) {
      this.#logger.error(`The webhook's state is not known: ${this.#logger.describe(error)}`);
      return null;
    }
  }

  /**
   * Registers the URL, unless Telegram has exactly that already. Never throws.
   *
   * @param signal Cancels the attempt when it is aborted.
   */
  async register(url: string, signal?: AbortSignal): Promise<Registration> {
    // A Bot API server of one's own accepts URLs that Telegram's does not.
    const isChecked = this.settings.isPublicApi || !isWebAddress(url);
    const problem = isChecked ? validateWebhookUrl(url) : undefined;
    if (problem !== undefined) {
      this.#logger.error(`The webhook was not registered: ${this.#show(url)} ${problem}`);
      return { kind: 'refused' };
    }
    try {
      return { kind: await this.#update(url, signal) };
    } catch (error) {
      if (signal?.aborted) return { kind: 'refused' };
      this.#logger.error(`The webhook was not registered: ${this.#logger.describe(error)}`);
      if (!isTransient(error)) return { kind: 'refused' };
      return {
        kind: 'later',
        waitMs: error instanceof BotApiRateLimitError ? error.retryAfterMs : 0,
      };
    }
  }

  /** Removes the webhook; Telegram keeps what it has not delivered. False when that failed. Never throws. */
  async unregister(): Promise<boolean> {
    try {
      await this.api.call('deleteWebhook');
      this.#logger.log('The webhook is no longer registered');
      return true;
    } catch (error) {
      this.#logger.error(`The webhook is still registered: ${this.#logger.describe(error)}`);
      return false;
    }
  }

  async #update(url: string, signal?: AbortSignal): Promise<'registered' | 'unchanged'> {
    const updateTypes = await this.updates.updateTypes();
    const options = signal && { signal };
    const info = await this.api.call('getWebhookInfo', undefined, options);
    this.#logLastError(info);
    if (isUpToDate(info, url, updateTypes) && (await this.#hasSecret(url))) return 'unchanged';
    const wanted = {
      url,
      secret_token: this.secrets.current.reveal(),
      allowed_updates: updateTypes,
    };
    signal?.throwIfAborted();
    await this.api.call('setWebhook', wanted, options);
    await this.#remember(url);
    this.#logger.log(`The webhook is registered at ${this.#show(url)}`);
    return 'registered';
  }

  /** Whether Telegram has the current secret, as far as this can be known: Telegram does not say. */
  async #hasSecret(url: string): Promise<boolean> {
    try {
      const registered = await this.storage.loadWebhookFingerprint();
      if (registered === null) return !this.secrets.isRotating;
      return registered === this.secrets.fingerprint(url);
    } catch (error) {
      this.#logger.warn(
        `Could not look up which secret is registered, so the current one is assumed: ${this.#logger.describe(error)}`,
      );
      return true;
    }
  }

  async #remember(url: string): Promise<void> {
    try {
      await this.storage.saveWebhookFingerprint(this.secrets.fingerprint(url));
    } catch (error) {
      this.#logger.warn(
        `Could not store which secret is registered, so the next start may register again: ${this.#logger.describe(error)}`,
      );
    }
  }

  /** The URL without its query and known secrets. */
  #show(url: string): string {
    if (!isWebAddress(url)) return shownValue(url);
    const { origin, pathname } = new URL(url);
    return this.errors.redact(origin + pathname);
  }

  /** Nothing else would show that the webhook answers badly: agents write, and no update arrives. */
  #logLastError({ last_error_message: error, pending_update_count: pending }: WebhookInfo): void {
    if (!error) return;
    this.#logger.warn(
      `Telegram's last delivery failed: ${this.#logger.describe(error)}; ${pending} updates are waiting. ${DELIVERY_CAUSES}`,
    );
  }
}

/** Whether the same call may succeed later: no answer, rate limit, server error, unresolved name. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof BotApiError)) return false;
  const { errorCode, description } = error;
  return (
    errorCode === 0 || errorCode === 429 || errorCode >= 500 || /resolve host/.test(description)
  );
}

/** A last delivery that was answered 401 shows that Telegram has another secret than this app. */
function isUpToDate(info: WebhookInfo, url: string, updateTypes: readonly string[]): boolean {
  const registered = new Set<string>(info.allowed_updates);
  return (
    info.url === url &&
    registered.size === updateTypes.length &&
    updateTypes.every((type) => registered.has(type)) &&
    !info.last_error_message?.includes('401')
  );
}
