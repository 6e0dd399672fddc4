import { Controller, type Type } from '@nestjs/common';
import { TelegramWebhookController } from './telegram-webhook.controller.js';

/**
 * Makes a controller class for one module: its path and decorators are its own, so two modules in one
 * process cannot change each other's.
 */
export function createWebhookController(
  path: string,
  decorators: readonly ClassDecorator[],
): Type<TelegramWebhookController> {
  class ModuleWebhookController extends TelegramWebhookController {}
  for (const decorate of [...decorators, Controller(path)]) decorate(ModuleWebhookController);
  return ModuleWebhookController;
}
