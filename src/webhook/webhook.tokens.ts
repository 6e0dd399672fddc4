/** The {@link Secret} that Telegram must show; null when nothing may come in. */
export const WEBHOOK_SECRET = Symbol('TELEGRAM_WEBHOOK_SECRET');

/** The route that the webhook is served under. */
export const WEBHOOK_PATH = Symbol('TELEGRAM_WEBHOOK_PATH');
