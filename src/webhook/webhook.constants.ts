/** The {@link WebhookSecrets} that Telegram must show; null when nothing may come in. */
export const WEBHOOK_SECRETS = Symbol('TELEGRAM_WEBHOOK_SECRETS');

/** The route that the webhook is served under. */
export const WEBHOOK_PATH = Symbol('TELEGRAM_WEBHOOK_PATH');

/** The class of the controller that the module itself serves; null with `webhook: false`. */
export const WEBHOOK_CONTROLLER = Symbol('TELEGRAM_WEBHOOK_CONTROLLER');
