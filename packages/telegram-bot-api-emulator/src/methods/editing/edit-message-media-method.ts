import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { readSingleMedia } from '../../parameters/input-media-reader.js';
import { readCaption } from '../../parameters/input-text-reader.js';
import { readKeyboard } from '../../parameters/keyboard-reader.js';
import type { MediaComposer } from '../../sending/media-composer.js';
import type { MessageEditor } from '../../sending/message-editor.js';
import type { MessageLocator } from '../../sending/message-locator.js';

/** The fields of messages whose place a file can take; voice messages are not among them. */
const REPLACEABLE = ['animation', 'audio', 'document', 'photo', 'text', 'video'];
const REPLACED = [
  'animation',
  'audio',
  'caption',
  'caption_entities',
  'document',
  'entities',
  'has_media_spoiler',
  'link_preview_options',
  'photo',
  'show_caption_above_media',
  'text',
  'video',
] as const;

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
    const found = this.#messages.findEditable(call);
    if (!REPLACEABLE.some((field) => field in found.message)) {
      throw BotApiError.of(400, 'there is no media in the message to edit');
    }
    const result = this.#editor.edit(call, found, {
      replaces: REPLACED,
      keyboard,
      finish: () => this.#media.finish(call, { ...item, caption }, 'MEDIA_CAPTION_TOO_LONG'),
    });
    return { result };
  }
}
