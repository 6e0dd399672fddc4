import { Controller, VERSION_NEUTRAL, type Type } from '@nestjs/common';
import { TelegramWebhookController } from './telegram-webhook.controller.js';

/** What the controllers that modules serve have in common, and those that apps write have not. */
export abstract class ModuleWebhookController extends TelegramWebhookController {}

/**
 * Makes a controller class for one module: its path and decorators are its own, so two modules in one
 * process cannot change each other's.
 */
export function createWebhookController(
  path: string,
  decorators: readonly ClassDecorator[],
): Type<TelegramWebhookController> {
  class TelegramWebhook extends ModuleWebhookController {}
  // Telegram knows one URL, whatever versions the app's own routes have.
  const controller = Controller({ path, version: VERSION_NEUTRAL });
  for (const decorate of [...decorators, controller]) decorate(TelegramWebhook);
  return TelegramWebhook;
}
