import type { BotApiMethod, BotApiSuccess, MethodCall } from '../http/bot-api.method.js';
import type { MessageDeleter } from '../sending/message.deleter.js';
import type { MessageLocator } from '../sending/message.locator.js';

/** Deletes a message. */
export class DeleteMessageMethod implements BotApiMethod {
  readonly name = 'deleteMessage';
  readonly #messages: MessageLocator;
  readonly #deleter: MessageDeleter;

  constructor(messages: MessageLocator, deleter: MessageDeleter) {
    this.#messages = messages;
    this.#deleter = deleter;
  }

  call(call: MethodCall): BotApiSuccess {
    this.#deleter.delete(call.bot, this.#messages.find(call, 'write', 'message to delete'));
    return { result: true };
  }
}
