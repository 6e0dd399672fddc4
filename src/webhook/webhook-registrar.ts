import { createHash } from 'node:crypto';
import type { BotApiClient } from '../bot/bot-api-client.js';
import type { BotApiResult } from '../bot/bot-api-types.js';
import { BotApiError, BotApiRateLimitError, type ErrorDescriber } from '../errors/index.js';
import type { UpdateType } from '../updates/incoming-update.interface.js';
import { SafeLogger } from '../common/safe-logger.js';
import type { WebhookSecrets } from '../secrets/webhook-secrets.js';
import { shownValue } from '../secrets/shown-value.js';
import { validateWebhookUrl, isWebAddress } from './validate-webhook-url.js';
import type { WebhookStateStore } from './webhook-state-store.js';

/** What Telegram knows of the webhook. */
export type WebhookInfo = BotApiResult<'getWebhookInfo'>;

/** How an attempt to register ended: `later` may succeed when it is repeated, `refused` will not. */
export type Registration =
  | { readonly kind: 'registered' | 'unchanged' | 'refused' }
  | {
      readonly kind: 'later';
      /** How long Telegram wants to hear nothing. */
      readonly waitMs: number;
    };

/** What {@link WebhookRegistrar} works with. */
export interface WebhookRegistrarParts {
  readonly api: BotApiClient;
  readonly errors: ErrorDescriber;
  readonly secrets: WebhookSecrets;
  readonly memory: WebhookStateStore;
  /** Whether addresses are to keep the rules of Telegram's own server; one that runs locally has none. */
  readonly isPublic: boolean;
  /** The types of updates that are to be delivered. */
  readonly allowedUpdates: readonly UpdateType[];
}

/** Tells Telegram where to deliver updates. */
export class WebhookRegistrar {
  readonly #logger: SafeLogger;
  readonly #parts: WebhookRegistrarParts;

  constructor(parts: WebhookRegistrarParts) {
    this.#parts = parts;
    this.#logger = new SafeLogger(WebhookRegistrar.name, parts.errors);
  }

  /** What Telegram knows of the webhook; null when it does not answer. Never throws. */
  async info(): Promise<WebhookInfo | null> {
    try {
      return await this.#parts.api.call('getWebhookInfo');
    } catch (error) {
      this.#logger.error(`The webhook is not known: ${this.#logger.describe(error)}`);
      return null;
    }
  }

  /**
   * Registers, unless all is right already. Never throws.
   *
   * @param signal Gives it up when it is aborted.
   */
  async register(url: string, signal?: AbortSignal): Promise<Registration> {
    const flaw = this.#parts.isPublic || !isWebAddress(url) ? validateWebhookUrl(url) : undefined;
    if (flaw !== undefined) {
      this.#logger.error(`The webhook was not registered: ${this.#show(url)} ${flaw}`);
      return { kind: 'refused' };
    }
    try {
      return { kind: await this.#update(url, signal) };
    } catch (error) {
      if (signal?.aborted) return { kind: 'refused' };
      this.#logger.error(`The webhook was not registered: ${this.#logger.describe(error)}`);
      if (!isPassing(error)) return { kind: 'refused' };
      return {
        kind: 'later',
        waitMs: error instanceof BotApiRateLimitError ? error.retryAfterMs : 0,
      };
    }
  }

  /** Whether Telegram delivers nowhere now; it keeps what it has not delivered. Never throws. */
  async unregister(): Promise<boolean> {
    try {
      await this.#parts.api.call('deleteWebhook');
      this.#logger.log('The webhook is no longer registered');
      return true;
    } catch (error) {
      this.#logger.error(`The webhook is still registered: ${this.#logger.describe(error)}`);
      return false;
    }
  }

  async #update(url: string, signal?: AbortSignal): Promise<'registered' | 'unchanged'> {
    const { api, secrets, allowedUpdates } = this.#parts;
    const options = signal && { signal };
    const info = await api.call('getWebhookInfo', undefined, options);
    this.#reportLastError(info);
    if (isAsWanted(info, url, allowedUpdates) && (await this.#hasSecret(url))) return 'unchanged';
    const wanted = {
      url,
      secret_token: secrets.current.reveal(),
      allowed_updates: allowedUpdates,
    };
    signal?.throwIfAborted();
    await api.call('setWebhook', wanted, options);
    await this.#remember(url);
    this.#logger.log(`The webhook is registered at ${this.#show(url)}`);
    return 'registered';
  }

  /** Whether the secret that Telegram has is the right one, as far as that can be known: it does not tell. */
  async #hasSecret(url: string): Promise<boolean> {
    const { memory, secrets } = this.#parts;
    try {
      const mark = await memory.loadWebhookMark();
      return mark === null ? !secrets.isRotating : mark === this.#markOf(url);
    } catch (error) {
      this.#logger.warn(`Which secret is registered is not known: ${this.#logger.describe(error)}`);
      return true;
    }
  }

  async #remember(url: string): Promise<void> {
    try {
      await this.#parts.memory.saveWebhookMark(this.#markOf(url));
    } catch (error) {
      this.#logger.warn(`The registration was not kept: ${this.#logger.describe(error)}`);
    }
  }

  /** Tells registrations with different secrets apart, and gives nothing of the secret away. */
  #markOf(url: string): string {
    const { current } = this.#parts.secrets;
    return createHash('sha256')
      .update(current.derive('webhook-mark').reveal())
      .update(url)
      .digest('base64url');
  }

  /** The URL as the log may hold it: without what may be a secret. */
  #show(url: string): string {
    if (!isWebAddress(url)) return shownValue(url);
    const { origin, pathname } = new URL(url);
    return this.#parts.errors.redact(origin + pathname);
  }

  /** A webhook that answers badly is silent otherwise: agents write, and nothing comes in. */
  #reportLastError({
    last_error_message: error,
    pending_update_count: pending,
  }: WebhookInfo): void {
    if (!error) return;
    this.#logger.warn(
      `Telegram's last delivery failed: ${this.#logger.describe(error)}; ${pending} updates wait. 401: another secret was registered. 403: a global guard, see webhookDecorators. 404: webhookUrl lacks the app's global prefix`,
    );
  }
}

/** Whether the same call may succeed later: no answer, a flood, an ill server, a name not yet known. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof BotApiError)) return false;
  const { errorCode, description } = error;
  return (
    errorCode === 0 || errorCode === 429 || errorCode >= 500 || /resolve host/.test(description)
  );
}

/** A last delivery that was answered 401 shows that Telegram has another secret than this app. */
function isAsWanted(
  info: WebhookInfo,
  url: string,
  allowedUpdates: readonly UpdateType[],
): boolean {
  const updates = new Set<string>(info.allowed_updates);
  return (
    info.url === url &&
    updates.size === allowedUpdates.length &&
    allowedUpdates.every((kind) => updates.has(kind)) &&
    !info.last_error_message?.includes('401')
  );
}
