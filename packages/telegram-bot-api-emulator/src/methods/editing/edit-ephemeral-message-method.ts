import type { Message } from '@grammyjs/types';
import { BotApiError } from '../../common/bot-api.error.js';
import type { FileKind } from '../../files/stored-file.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { readSingleMedia } from '../../parameters/input-media-reader.js';
import { readCaption, readInputText } from '../../parameters/input-text-reader.js';
import { readKeyboard } from '../../parameters/keyboard-reader.js';
import { readLinkPreview } from '../../parameters/link-preview-reader.js';
import type { EphemeralLocator } from '../../sending/ephemeral-locator.js';
import type { MediaComposer } from '../../sending/media-composer.js';
import { isReplaceable, MEDIA_FIELDS } from '../../sending/media-replacement.js';
import type { MessageChange, MessageEditor } from '../../sending/message-editor.js';
import { hasCaption } from '../../sending/message-kinds.js';
import { createCaptionContent, createTextContent, NO_TEXT } from '../../sending/text-content.js';
import type { EmulatedWorld } from '../../world/emulated-world.js';

/** What of a message is edited. */
type Part = 'Caption' | 'Media' | 'ReplyMarkup' | 'Text';

/** Says how a message that has been found is to be changed. */
type Draft = (message: Message) => Omit<MessageChange, 'keyboard'>;

/** What edits are made with. */
interface EditContext {
  readonly world: EmulatedWorld;
  readonly messages: EphemeralLocator;
  readonly editor: MessageEditor;
  readonly media: MediaComposer;
}

/** Texts are measured as if they were captions (telegram-bot-api#881). */
const MAX_TEXT_LENGTH = 1_024;
const CAPTION_TOO_LONG = 'MEDIA_CAPTION_TOO_LONG';
/** What can take the place of a file (td: MessageQueryManager.cpp, `edit_ephemeral_message`). */
const EDITABLE_KINDS: readonly FileKind[] = ['animation', 'audio', 'document', 'photo', 'video'];

/**
 * `editEphemeralMessageText` and its siblings, which answer `true`, whether the receiver sees the change or not. What
 * cannot be edited is refused as for ordinary messages, which is inferred where no source is named.
 */
export class EditEphemeralMessageMethod implements BotApiMethod {
  readonly name: `editEphemeralMessage${Part}`;
  readonly #part: Part;
  readonly #context: EditContext;

  constructor(part: Part, context: EditContext) {
    this.name = `editEphemeralMessage${part}`;
    this.#part = part;
    this.#context = context;
  }

  call(call: MethodCall): BotApiSuccess {
    const { messages, editor } = this.#context;
    const draft = this.#read(call);
    const keyboard = readKeyboard(call.parameters);
    const found = messages.findOwn(call);
    editor.edit(call, found, { ...draft(found.message), keyboard });
    return { result: true };
  }

  #read(call: MethodCall): Draft {
    switch (this.#part) {
      case 'Text':
        return this.#readText(call);
      case 'Caption':
        return this.#readCaption(call);
      case 'Media':
        return this.#readMedia(call);
      case 'ReplyMarkup':
        return () => ({ replaces: [], finish: () => ({ content: {}, formatted: NO_TEXT }) });
    }
  }

  #readText({ parameters }: MethodCall): Draft {
    const preview = readLinkPreview(parameters);
    const input = readInputText(parameters);
    return ({ text }) => {
      if (text === undefined) throw BotApiError.of(400, 'there is no text in the message to edit');
      const finish = (): ReturnType<MessageChange['finish']> => {
        const { world } = this.#context;
        const { content, formatted } = createTextContent(world, input, CAPTION_TOO_LONG);
        if (Array.from(formatted.text).length > MAX_TEXT_LENGTH) {
          throw BotApiError.of(400, CAPTION_TOO_LONG);
        }
        const options = preview && { link_preview_options: preview };
        return { content: { ...content, ...options }, formatted };
      };
      return { replaces: ['text', 'entities', 'link_preview_options'], finish };
    };
  }

  #readCaption({ parameters }: MethodCall): Draft {
    const input = readCaption(parameters);
    return (message) => {
      if (!hasCaption(message)) {
        throw BotApiError.of(400, 'there is no caption in the message to edit');
      }
      const { world } = this.#context;
      const finish = () => createCaptionContent(world, input, CAPTION_TOO_LONG);
      return { replaces: ['caption', 'caption_entities'], finish };
    };
  }

  /** Files cannot be uploaded; they are named by ids and URLs. */
  #readMedia(call: MethodCall): Draft {
    const item = readSingleMedia(call.parameters);
    const caption = readCaption(item.parameters);
    return (message) => {
      if (!EDITABLE_KINDS.includes(item.kind)) {
        throw BotApiError.of(400, 'invalid message content type specified');
      }
      if (item.input.type === 'upload') throw BotApiError.of(400, "file upload isn't allowed");
      if (!isReplaceable(message)) throw BotApiError.of(400, "message media can't be edited");
      const { media } = this.#context;
      const finish = () => media.finish(call, { ...item, caption }, CAPTION_TOO_LONG);
      return { replaces: MEDIA_FIELDS, finish };
    };
  }
}
