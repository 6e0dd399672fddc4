import type { Type } from '@nestjs/common';
import type { TelegramWebhookController } from './telegram-webhook.controller.js';

const HANDLER = 'receive' satisfies keyof TelegramWebhookController;

/** The method of a webhook's controller that takes updates, with what decorators say of it. */
export function webhookHandlerOf(controller: Type): object | undefined {
  const handler: unknown = Reflect.get(controller.prototype, HANDLER);
  return typeof handler === 'function' ? handler : undefined;
}
