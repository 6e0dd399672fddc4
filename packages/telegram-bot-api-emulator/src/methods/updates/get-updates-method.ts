import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { allowUpdates } from './set-webhook-method.js';

const MAX_TIMEOUT_SECONDS = 50;
const MAX_LIMIT = 100;

/** Gives the bot its updates, at once or when there are some (telegram-bot-api, Client.cpp:15660-15724). */
export class GetUpdatesMethod implements BotApiMethod {
  readonly name = 'getUpdates';

  async call({ bot, parameters, signal }: MethodCall): Promise<BotApiSuccess> {
    if (bot.dispatcher.settings) {
      await bot.poller.refuse(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    const offset = parameters.integer('offset', 0);
    const limit = parameters.integer('limit', MAX_LIMIT, 1, MAX_LIMIT);
    const timeoutSeconds = parameters.integer('timeout', 0, 0, MAX_TIMEOUT_SECONDS);
    allowUpdates(bot.updates, parameters);
    const updates = await bot.poller.poll({ offset, limit, timeoutSeconds, signal });
    return { result: updates.map((update): unknown => JSON.parse(update.body)) };
  }
}
