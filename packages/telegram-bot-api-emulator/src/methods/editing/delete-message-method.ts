import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { MessageDeleter } from '../../sending/message-deleter.js';
import type { MessageLocator } from '../../sending/message-locator.js';

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
    const { parameters } = call;
    if (parameters.text('chat_id') === '') {
      throw BotApiError.of(400, 'chat identifier is not specified');
    }
    if (parameters.messageId('message_id') === 0) {
      throw BotApiError.of(400, 'message identifier is not specified');
    }
    this.#deleter.delete(call.bot, [this.#messages.find(call, 'write', 'message to delete')]);
    return { result: true };
  }
}
