import type { Clock } from '../../time/clock.js';
import type { UpdateQueue } from '../../delivery/update-queue.js';
import {
  checkWebhookForm,
  checkWebhookPlace,
  readWebhookSettings,
} from '../../delivery/webhook-settings.js';
import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { BotApiParameters } from '../../parameters/bot-api-parameters.js';
import type { BotAccount } from '../../world/bot-account.js';

/** One webhook may be set per second. */
const MIN_INTERVAL_MS = 1_000;
/** In bytes (telegram-bot-api, Client.cpp:16040). */
const MAX_CERTIFICATE_BYTES = 3 << 20;

/**
 * Sets the webhook, with Telegram's habit of taking the old one down, and dropping what waits,
 * before it looks whether the new one is any good (telegram-bot-api, Client.cpp:15726-16104).
 */
export class SetWebhookMethod implements BotApiMethod {
  readonly name = 'setWebhook';
  readonly #clock: Clock;
  readonly #requireHttps: boolean;
  /** By bot id. */
  readonly #nextAllowedAt = new Map<number, number>();

  /** @param requireHttps See `BotApiEmulatorOptions.requireHttps`. */
  constructor(clock: Clock, requireHttps: boolean) {
    this.#clock = clock;
    this.#requireHttps = requireHttps;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    const { updates, dispatcher, poller } = bot;
    const settings = readWebhookSettings(parameters);
    if (settings.url === '') return deleteWebhook(bot, parameters);
    this.#spend(bot);

    const current = dispatcher.settings;
    const certificate = parameters.files.get('certificate');
    const isSame =
      !certificate &&
      current?.hasCertificate === false &&
      current.url === settings.url &&
      current.secretToken === settings.secretToken &&
      current.maxConnections === settings.maxConnections &&
      current.ipAddress === settings.ipAddress;
    if (isSame && !parameters.boolean('drop_pending_updates')) {
      allowUpdates(updates, parameters);
      return { result: true, description: 'Webhook is already set' };
    }
    poller.interrupt('terminated by setWebhook request');
    dispatcher.use(undefined);
    if (parameters.boolean('drop_pending_updates')) updates.clear();
    checkWebhookForm(settings);
    if (certificate && certificate.bytes.length > MAX_CERTIFICATE_BYTES) {
      const size = certificate.bytes.length;
      throw BotApiError.of(400, `certificate size is too big (${size} bytes)`);
    }
    allowUpdates(updates, parameters);
    checkWebhookPlace(settings, this.#requireHttps);
    dispatcher.use({ ...settings, hasCertificate: certificate !== undefined });
    return { result: true, description: 'Webhook was set' };
  }

  #spend(bot: BotAccount): void {
    const now = this.#clock.monotonicMs();
    if (now < (this.#nextAllowedAt.get(bot.id) ?? 0)) throw BotApiError.flood(1);
    this.#nextAllowedAt.set(bot.id, now + MIN_INTERVAL_MS);
  }
}

/** Takes the webhook down; also what setWebhook without a URL does. */
export function deleteWebhook(
  { updates, dispatcher }: BotAccount,
  parameters: BotApiParameters,
): BotApiSuccess {
  const wasSet = dispatcher.settings !== undefined;
  if (wasSet) dispatcher.use(undefined);
  if (parameters.boolean('drop_pending_updates')) updates.clear();
  return { result: true, description: `Webhook ${wasSet ? 'was' : 'is already'} deleted` };
}

/**
 * Takes over `allowed_updates`; what is no JSON array of texts leaves the setting as it was
 * (telegram-bot-api, Client.cpp:16889-16946).
 */
export function allowUpdates({ allowed }: UpdateQueue, parameters: BotApiParameters): void {
  let names: unknown;
  try {
    names = parameters.json('allowed_updates');
  } catch {
    return;
  }
  if (!Array.isArray(names)) return;
  const texts = names.filter((name: unknown) => typeof name === 'string');
  if (texts.length === names.length) allowed.set(texts);
}
