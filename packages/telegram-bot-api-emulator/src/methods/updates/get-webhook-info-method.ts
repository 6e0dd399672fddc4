import { isLoopback, type WebhookSettings } from '../../delivery/webhook-settings.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';

/** Says how the webhook is doing (telegram-bot-api, Client.cpp:5945-5980). */
export class GetWebhookInfoMethod implements BotApiMethod {
  readonly name = 'getWebhookInfo';

  call({ bot }: MethodCall): BotApiSuccess {
    const { settings, lastError } = bot.dispatcher;
    const { names } = bot.updates.allowed;
    return {
      result: {
        url: settings?.url ?? '',
        has_custom_certificate: settings?.hasCertificate ?? false,
        pending_update_count: bot.updates.size,
        ...(lastError && {
          last_error_date: lastError.date,
          last_error_message: lastError.message,
        }),
        ...(settings && {
          max_connections: settings.maxConnections,
          ip_address: addressOf(settings),
        }),
        ...(names && { allowed_updates: names }),
      },
    };
  }
}

/** Names are not looked up, so the address of any but this machine is not known. */
function addressOf({ url, ipAddress }: WebhookSettings): string {
  if (ipAddress !== '') return ipAddress;
  return isLoopback(url) ? '127.0.0.1' : '<unknown>';
}
