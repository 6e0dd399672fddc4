import type { BotApiMethod, BotApiSuccess } from '../http/bot-api.method.js';
import type { BotApiParameters } from '../parameters/bot-api.parameters.js';
import { deleteWebhook, type WebhookContext } from './set-webhook.method.js';

/** Takes the webhook down. The kinds of updates that the bot asked for stay. */
export class DeleteWebhookMethod implements BotApiMethod {
  readonly name = 'deleteWebhook';
  readonly #context: WebhookContext;

  constructor(context: WebhookContext) {
    this.#context = context;
  }

  call(parameters: BotApiParameters): BotApiSuccess {
    return deleteWebhook(this.#context, parameters);
  }
}
