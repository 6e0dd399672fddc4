import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { readInputText } from '../../parameters/input-text-reader.js';
import { readKeyboard } from '../../parameters/keyboard-reader.js';
import { readLinkPreview } from '../../parameters/link-preview-reader.js';
import type { MessageEditor } from '../../sending/message-editor.js';
import type { MessageLocator } from '../../sending/message-locator.js';
import { createTextContent } from '../../sending/text-content.js';
import type { EmulatedWorld } from '../../world/emulated-world.js';

/** Changes the text of a message; how long it is only the data centre looks at. */
export class EditMessageTextMethod implements BotApiMethod {
  readonly name = 'editMessageText';
  readonly #world: EmulatedWorld;
  readonly #messages: MessageLocator;
  readonly #editor: MessageEditor;

  constructor(world: EmulatedWorld, messages: MessageLocator, editor: MessageEditor) {
    this.#world = world;
    this.#messages = messages;
    this.#editor = editor;
  }

  call(call: MethodCall): BotApiSuccess {
    const preview = readLinkPreview(call.parameters);
    const input = readInputText(call.parameters);
    const keyboard = readKeyboard(call.parameters);
    const found = this.#messages.findEditable(call);
    if (found.message.text === undefined) {
      throw BotApiError.of(400, 'there is no text in the message to edit');
    }
    const result = this.#editor.edit(call, found, {
      replaces: ['text', 'entities', 'link_preview_options'],
      keyboard,
      finish: () => {
        const { content, formatted } = createTextContent(this.#world, input, 'MESSAGE_TOO_LONG');
        const options = preview && { link_preview_options: preview };
        return { content: { ...content, ...options }, formatted };
      },
    });
    return { result };
  }
}
