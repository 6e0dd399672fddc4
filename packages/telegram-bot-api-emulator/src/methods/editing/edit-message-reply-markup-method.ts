import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { readKeyboard } from '../../parameters/keyboard-reader.js';
import type { MessageEditor } from '../../sending/message-editor.js';
import type { MessageLocator } from '../../sending/message-locator.js';
import { NO_TEXT } from '../../sending/text-content.js';

/** Changes the inline keyboard of a message, or takes it away. */
export class EditMessageReplyMarkupMethod implements BotApiMethod {
  readonly name = 'editMessageReplyMarkup';
  readonly #messages: MessageLocator;
  readonly #editor: MessageEditor;

  constructor(messages: MessageLocator, editor: MessageEditor) {
    this.#messages = messages;
    this.#editor = editor;
  }

  call(call: MethodCall): BotApiSuccess {
    const keyboard = readKeyboard(call.parameters);
    const found = this.#messages.findEditable(call);
    const result = this.#editor.edit(call, found, {
      replaces: [],
      keyboard,
      finish: () => ({ content: {}, formatted: NO_TEXT }),
    });
    return { result };
  }
}
