/** Telegram delivers updates to a webhook, and so answers no question for them. */
export class WebhookActiveError extends Error {
  override readonly name = 'WebhookActiveError';

  /** @param url Of which the origin alone is shown, because a path may hold a secret. */
  constructor(url: string) {
    const place = URL.canParse(url) ? new URL(url).origin : 'another place';
    super(
      `a webhook is registered at ${place}; call unregisterWebhook(), or set polling.removeWebhook`,
    );
  }
}
