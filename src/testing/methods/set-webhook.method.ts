import type { Clock } from '../../clock/clock.js';
import { BotApiFailure } from '../http/bot-api.failure.js';
import type { BotApiMethod, BotApiSuccess } from '../http/bot-api.method.js';
import type { BotApiParameters } from '../parameters/bot-api.parameters.js';
import type { UpdateQueue } from '../delivery/update.queue.js';
import type { WebhookDispatcher } from '../delivery/webhook.dispatcher.js';
import { checkWebhook, readWebhookSettings } from '../delivery/webhook.settings.js';

/** What setting a webhook works on. */
export interface WebhookContext {
  readonly clock: Clock;
  readonly updates: UpdateQueue;
  readonly dispatcher: WebhookDispatcher;
  /** See `BotApiEmulatorOptions.requireHttps`. */
  readonly requireHttps: boolean;
}

/** One webhook may be set per second. */
const MIN_INTERVAL_MS = 1_000;

/**
 * Sets the webhook, with Telegram's habit of taking the old one down, and dropping what waits,
 * before it looks whether the new one is any good (telegram-bot-api, Client.cpp:15726-16104).
 */
export class SetWebhookMethod implements BotApiMethod {
  readonly name = 'setWebhook';
  readonly #context: WebhookContext;
  #nextAllowedAt = 0;

  constructor(context: WebhookContext) {
    this.#context = context;
  }

  call(parameters: BotApiParameters): BotApiSuccess {
    const { clock, updates, dispatcher, requireHttps } = this.#context;
    const settings = readWebhookSettings(parameters);
    if (settings.url === '') return deleteWebhook(this.#context, parameters);
    const now = clock.now();
    if (now < this.#nextAllowedAt) throw BotApiFailure.flood(1);
    this.#nextAllowedAt = now + MIN_INTERVAL_MS;

    const current = dispatcher.settings;
    const isSame =
      current?.url === settings.url &&
      current.secretToken === settings.secretToken &&
      current.maxConnections === settings.maxConnections &&
      current.ipAddress === settings.ipAddress;
    if (isSame && !parameters.boolean('drop_pending_updates')) {
      allowUpdates(updates, parameters);
      return { result: true, description: 'Webhook is already set' };
    }
    dispatcher.use(undefined);
    if (parameters.boolean('drop_pending_updates')) updates.clear();
    checkWebhook(settings, requireHttps);
    allowUpdates(updates, parameters);
    dispatcher.use(settings);
    return { result: true, description: 'Webhook was set' };
  }
}

/** Takes the webhook down; also what setWebhook without a URL does. */
export function deleteWebhook(
  { updates, dispatcher }: WebhookContext,
  parameters: BotApiParameters,
): BotApiSuccess {
  const wasSet = dispatcher.settings !== undefined;
  if (wasSet) dispatcher.use(undefined);
  if (parameters.boolean('drop_pending_updates')) updates.clear();
  return { result: true, description: `Webhook ${wasSet ? 'was' : 'is already'} deleted` };
}

/** What is no JSON array of texts leaves the setting as it was (telegram-bot-api, Client.cpp:16889-16946). */
function allowUpdates(updates: UpdateQueue, parameters: BotApiParameters): void {
  let names: unknown;
  try {
    names = parameters.json('allowed_updates');
  } catch {
    return;
  }
  if (!Array.isArray(names)) return;
  const texts = names.filter((name: unknown) => typeof name === 'string');
  if (texts.length === names.length) updates.allow(texts);
}
