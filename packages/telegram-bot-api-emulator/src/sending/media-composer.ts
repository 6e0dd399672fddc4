import { createMediaContent } from '../files/media-content.js';
import type { MethodCall } from '../http/bot-api-method.js';
import type { FormattedText } from '../text/formatted-text.interface.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { MediaLoader, type MediaSource } from './media-loader.js';
import { MESSAGE_KINDS } from './message-kinds.js';
import type { OutgoingMessage } from './message-poster.js';
import { createCaptionContent, type FinishedMessage } from './text-content.js';

/** A file with what is said of it. */
export interface MediaPart extends MediaSource {
  readonly caption: FormattedText;
}

const CAPTION_TOO_LONG = 'Message caption is too long';

/** Makes messages of files. */
export class MediaComposer {
  readonly #world: EmulatedWorld;
  readonly #loader: MediaLoader;

  constructor(world: EmulatedWorld) {
    this.#world = world;
    this.#loader = new MediaLoader(world.files);
  }

  /** A message with a file, which is loaded when the chat is known. */
  prepare(call: MethodCall, part: MediaPart): OutgoingMessage {
    return {
      kind: MESSAGE_KINDS[part.kind],
      finish: () => this.finish(call, part, CAPTION_TOO_LONG),
    };
  }

  /**
   * Loads the file and finishes the caption.
   *
   * @throws {@link BotApiError}
   * @throws {@link TextError}
   */
  finish({ bot }: MethodCall, part: MediaPart, captionTooLong: string): FinishedMessage {
    const { caption, parameters } = part;
    const file = this.#loader.load(bot, part);
    const { content, formatted } = createCaptionContent(this.#world, caption, captionTooLong);
    return {
      formatted,
      content: {
        ...createMediaContent(this.#world.files, file),
        ...content,
        ...(parameters.boolean('has_spoiler') && { has_media_spoiler: true }),
        ...(parameters.boolean('show_caption_above_media') && { show_caption_above_media: true }),
      },
    };
  }
}
