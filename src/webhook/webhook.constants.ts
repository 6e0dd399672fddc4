/** The `WebhookSecrets` that requests must show; null when the webhook is closed: no bot, or no `updates: 'webhook'`. */
export const WEBHOOK_SECRETS = Symbol('TELEGRAM_WEBHOOK_SECRETS');

/** The option `webhookPath`. */
export const WEBHOOK_PATH = Symbol('TELEGRAM_WEBHOOK_PATH');

/** The controller class that the module itself serves; null with `webhook: false`. */
export const WEBHOOK_CONTROLLER = Symbol('TELEGRAM_WEBHOOK_CONTROLLER');

/** Metadata of the controller classes that modules make, which those that apps write lack. */
export const MODULE_CONTROLLER = Symbol('TELEGRAM_MODULE_CONTROLLER');

/** The `Lease` under which one process at a time registers the webhook. */
export const REGISTRATION_LEASE = Symbol('TELEGRAM_REGISTRATION_LEASE');
