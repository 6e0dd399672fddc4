/** Telegram delivers updates to a registered webhook, so `getUpdates` returns none. */
export class WebhookActiveError extends Error {
  override readonly name = 'WebhookActiveError';

  /** @param url Only its origin is shown, because the path may hold a secret. */
  constructor(url: string) {
    const place = URL.canParse(url) ? new URL(url).origin : 'another URL';
    super(
      `a webhook is registered at ${place}; call unregisterWebhook(), or set polling.removeWebhook`,
    );
  }
}
