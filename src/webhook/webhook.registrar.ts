import { Logger } from '@nestjs/common';
import type { BotApiClient } from '../bot-api/bot-api.client.js';
import type { BotApiParams, BotApiResult } from '../bot-api/bot-api.types.js';
import type { Clock, Timer } from '../clock/clock.js';
import { BotApiError, toError } from '../errors/index.js';
import type { Secret } from '../secrets/secret.js';

/** What the desk wants to hear of. Explicit, because Telegram else keeps what was set before. */
const ALLOWED_UPDATES = ['message'] as const satisfies NonNullable<
  BotApiParams<'setWebhook'>
>['allowed_updates'];

/** The waits between attempts to register in the background; the last one stands for all after it. */
const RETRY_DELAYS_MS: readonly number[] = [2_000, 10_000, 30_000, 60_000];

type WebhookInfo = BotApiResult<'getWebhookInfo'>;

/** How an attempt to register ended: `later` may succeed when it is repeated, `refused` will not. */
type Registration = 'registered' | 'unchanged' | 'later' | 'refused';

/** Tells Telegram where to deliver updates. */
export class WebhookRegistrar {
  readonly #logger = new Logger(WebhookRegistrar.name);
  readonly #api: BotApiClient;
  readonly #secret: Secret;
  readonly #clock: Clock;
  #retry: Timer | undefined;
  #stopped = false;

  constructor(api: BotApiClient, secret: Secret, clock: Clock) {
    this.#api = api;
    this.#secret = secret;
    this.#clock = clock;
  }

  /** Whether Telegram now delivers to the URL. Never throws; changes nothing that is right already. */
  async register(url: string): Promise<boolean> {
    const registration = await this.#attempt(url);
    return registration === 'registered' || registration === 'unchanged';
  }

  /** Registers in the background, again and again while Telegram cannot be reached. */
  registerInBackground(url: string): void {
    void this.#persist(url, 0);
  }

  /** Ends the background work. The webhook stays registered: other instances use it. */
  stop(): void {
    this.#stopped = true;
    this.#retry?.cancel();
  }

  async #persist(url: string, failures: number): Promise<void> {
    const registration = await this.#attempt(url);
    if (registration !== 'later' || this.#stopped) return;
    const delayMs = RETRY_DELAYS_MS[failures] ?? RETRY_DELAYS_MS.at(-1) ?? 0;
    this.#retry = this.#clock.setTimer(() => void this.#persist(url, failures + 1), delayMs);
  }

  async #attempt(url: string): Promise<Registration> {
    if (!URL.canParse(url)) {
      this.#logger.error(`The webhook was not registered: ${JSON.stringify(url)} is no URL`);
      return 'refused';
    }
    try {
      const info = await this.#api.call('getWebhookInfo');
      this.#reportLastError(info);
      if (isAsWanted(info, url)) return 'unchanged';
      await this.#api.call('setWebhook', {
        url,
        secret_token: this.#secret.reveal(),
        allowed_updates: ALLOWED_UPDATES,
      });
      const { origin, pathname } = new URL(url);
      this.#logger.log(`The webhook is registered at ${origin}${pathname}`);
      return 'registered';
    } catch (error) {
      this.#logger.error(`The webhook was not registered: ${toError(error).message}`);
      return isPassing(error) ? 'later' : 'refused';
    }
  }

  /** A webhook that answers badly is silent otherwise: agents write, and nothing comes in. */
  #reportLastError({
    last_error_message: error,
    pending_update_count: pending,
  }: WebhookInfo): void {
    if (!error) return;
    this.#logger.warn(
      `Telegram's last delivery failed: ${error}; ${pending} updates wait. 401: another secret was registered. 403: a global guard, see webhookDecorators. 404: webhookUrl lacks the app's global prefix`,
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

/**
 * Telegram does not tell the secret. That its last delivery was answered 401 shows that it has another
 * one than this app.
 */
function isAsWanted(info: WebhookInfo, url: string): boolean {
  const updates = new Set<string>(info.allowed_updates);
  return (
    info.url === url &&
    updates.size === ALLOWED_UPDATES.length &&
    ALLOWED_UPDATES.every((kind) => updates.has(kind)) &&
    !info.last_error_message?.includes('401')
  );
}
