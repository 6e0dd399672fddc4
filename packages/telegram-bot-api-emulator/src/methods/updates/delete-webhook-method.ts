import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { deleteWebhook } from './set-webhook-method.js';

/** Takes the webhook down. The kinds of updates that the bot asked for stay. */
export class DeleteWebhookMethod implements BotApiMethod {
  readonly name = 'deleteWebhook';

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    return deleteWebhook(bot, parameters);
  }
}
