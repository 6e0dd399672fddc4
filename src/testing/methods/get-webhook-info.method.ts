import type { BotApiMethod, BotApiSuccess } from '../http/bot-api.method.js';
import type { UpdateQueue } from '../delivery/update.queue.js';
import type { WebhookDispatcher } from '../delivery/webhook.dispatcher.js';
import { isLoopback, type WebhookSettings } from '../delivery/webhook.settings.js';

/** Says how the webhook is doing (telegram-bot-api, Client.cpp:5945-5980). */
export class GetWebhookInfoMethod implements BotApiMethod {
  readonly name = 'getWebhookInfo';
  readonly #updates: UpdateQueue;
  readonly #dispatcher: WebhookDispatcher;

  constructor(updates: UpdateQueue, dispatcher: WebhookDispatcher) {
    this.#updates = updates;
    this.#dispatcher = dispatcher;
  }

  call(): BotApiSuccess {
    const { settings, lastError } = this.#dispatcher;
    const { allowed } = this.#updates;
    return {
      result: {
        url: settings?.url ?? '',
        has_custom_certificate: false,
        pending_update_count: this.#updates.size,
        ...(lastError && {
          last_error_date: lastError.date,
          last_error_message: lastError.message,
        }),
        ...(settings && {
          max_connections: settings.maxConnections,
          ip_address: addressOf(settings),
        }),
        ...(allowed && { allowed_updates: allowed }),
      },
    };
  }
}

/** Names are not looked up, so the address of any but this machine is not known. */
function addressOf({ url, ipAddress }: WebhookSettings): string {
  if (ipAddress !== '') return ipAddress;
  return isLoopback(url) ? '127.0.0.1' : '<unknown>';
}
