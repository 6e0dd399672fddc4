import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { readCaption } from '../../parameters/input-text-reader.js';
import { readKeyboard } from '../../parameters/keyboard-reader.js';
import { hasCaption } from '../../sending/message-kinds.js';
import type { MessageEditor } from '../../sending/message-editor.js';
import type { MessageLocator } from '../../sending/message-locator.js';
import { createCaptionContent } from '../../sending/text-content.js';
import type { EmulatedWorld } from '../../world/emulated-world.js';

/** Changes the caption of a photo, a document and their like; without one it takes it away. */
export class EditMessageCaptionMethod implements BotApiMethod {
  readonly name = 'editMessageCaption';
  readonly #world: EmulatedWorld;
  readonly #messages: MessageLocator;
  readonly #editor: MessageEditor;

  constructor(world: EmulatedWorld, messages: MessageLocator, editor: MessageEditor) {
    this.#world = world;
    this.#messages = messages;
    this.#editor = editor;
  }

  call(call: MethodCall): BotApiSuccess {
    const input = readCaption(call.parameters);
    const keyboard = readKeyboard(call.parameters);
    const found = this.#messages.findEditable(call);
    if (!hasCaption(found.message)) {
      throw BotApiError.of(400, 'there is no caption in the message to edit');
    }
    const result = this.#editor.edit(call, found, {
      replaces: ['caption', 'caption_entities'],
      keyboard,
      finish: () => createCaptionContent(this.#world, input, 'MEDIA_CAPTION_TOO_LONG'),
    });
    return { result };
  }
}
