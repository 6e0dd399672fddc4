import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { readCaption } from '../../parameters/input-text-reader.js';
import { copyContent } from '../../sending/message-copier.js';
import { hasCaption, kindOf } from '../../sending/message-kinds.js';
import type { MessagePoster } from '../../sending/message-poster.js';
import type { MessageSource } from '../../sending/message-source.js';
import { createCaptionContent, NO_TEXT } from '../../sending/text-content.js';
import type { EmulatedWorld } from '../../world/emulated-world.js';

/** Sends the content of a message again, as if it were the bot's own. */
export class CopyMessageMethod implements BotApiMethod {
  readonly name = 'copyMessage';
  readonly #world: EmulatedWorld;
  readonly #source: MessageSource;
  readonly #poster: MessagePoster;

  constructor(world: EmulatedWorld, source: MessageSource, poster: MessagePoster) {
    this.#world = world;
    this.#source = source;
    this.#poster = poster;
  }

  call(call: MethodCall): BotApiSuccess {
    const { parameters } = call;
    const input = readCaption(parameters);
    const original = this.#source.find(call, 'copy');
    const isCaptioned = parameters.has('caption') && hasCaption(original);
    const { message_id } = this.#poster.post(call, {
      kind: kindOf(original),
      finish: () => {
        const copied = copyContent(original);
        if (!isCaptioned) return { content: copied, formatted: NO_TEXT };
        const { caption: _caption, caption_entities: _entities, ...bare } = copied;
        const finished = createCaptionContent(this.#world, input, 'Message caption is too long');
        return { content: { ...bare, ...finished.content }, formatted: finished.formatted };
      },
    });
    return { result: { message_id } };
  }
}
