import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { readInputText } from '../../parameters/input-text-reader.js';
import { readLinkPreview } from '../../parameters/link-preview-reader.js';
import { MESSAGE_KINDS } from '../../sending/message-kinds.js';
import type { EphemeralPoster } from '../../sending/ephemeral-poster.js';
import { createTextContent } from '../../sending/text-content.js';
import type { EmulatedWorld } from '../../world/emulated-world.js';

/** Sends a text. */
export class SendMessageMethod implements BotApiMethod {
  readonly name = 'sendMessage';
  readonly #world: EmulatedWorld;
  readonly #poster: EphemeralPoster;

  constructor(world: EmulatedWorld, poster: EphemeralPoster) {
    this.#world = world;
    this.#poster = poster;
  }

  call(call: MethodCall): BotApiSuccess {
    const preview = readLinkPreview(call.parameters);
    const input = readInputText(call.parameters);
    const result = this.#poster.post(call, {
      kind: MESSAGE_KINDS.text,
      finish: () => {
        const { content, formatted } = createTextContent(this.#world, input, 'Message is too long');
        const options = preview && { link_preview_options: preview };
        return { content: { ...content, ...options }, formatted };
      },
    });
    return { result };
  }
}
