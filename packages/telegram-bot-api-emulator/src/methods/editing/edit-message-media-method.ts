import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { readSingleMedia } from '../../parameters/input-media-reader.js';
import { readCaption } from '../../parameters/input-text-reader.js';
import { readKeyboard } from '../../parameters/keyboard-reader.js';
import { checkAlbum, isReplaceable, MEDIA_FIELDS } from '../../sending/media-replacement.js';
import type { MediaComposer } from '../../sending/media-composer.js';
import type { MessageEditor } from '../../sending/message-editor.js';
import type { MessageLocator } from '../../sending/message-locator.js';

const NOT_EDITABLE = "message media can't be edited";

/** Puts another file, with its caption, in the place of the file, or the text, of a message. */
export class EditMessageMediaMethod implements BotApiMethod {
  readonly name = 'editMessageMedia';
  readonly #messages: MessageLocator;
  readonly #editor: MessageEditor;
  readonly #media: MediaComposer;

  constructor(messages: MessageLocator, editor: MessageEditor, media: MediaComposer) {
    this.#messages = messages;
    this.#editor = editor;
    this.#media = media;
  }

  call(call: MethodCall): BotApiSuccess {
    const item = readSingleMedia(call.parameters);
    const caption = readCaption(item.parameters);
    const keyboard = readKeyboard(call.parameters);
    const found = this.#messages.findEditable(call, NOT_EDITABLE);
    const { message } = found;
    if (!isReplaceable(message)) throw BotApiError.of(400, NOT_EDITABLE);
    const result = this.#editor.edit(call, found, {
      replaces: MEDIA_FIELDS,
      keyboard,
      finish: () => {
        const part = { ...item, caption };
        const finished = this.#media.finish(call, part, 'MEDIA_CAPTION_TOO_LONG');
        if (message.media_group_id !== undefined) checkAlbum(message, item.kind);
        return finished;
      },
    });
    return { result };
  }
}
