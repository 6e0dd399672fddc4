import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { forwardContent } from '../../sending/message-copier.js';
import { kindOf } from '../../sending/message-kinds.js';
import type { MessagePoster } from '../../sending/message-poster.js';
import type { MessageSource } from '../../sending/message-source.js';
import { NO_TEXT } from '../../sending/text-content.js';

/** Sends a message on, with its origin. */
export class ForwardMessageMethod implements BotApiMethod {
  readonly name = 'forwardMessage';
  readonly #source: MessageSource;
  readonly #poster: MessagePoster;

  constructor(source: MessageSource, poster: MessagePoster) {
    this.#source = source;
    this.#poster = poster;
  }

  call(call: MethodCall): BotApiSuccess {
    const original = this.#source.find(call, 'forward');
    const result = this.#poster.post(call, {
      kind: kindOf(original),
      finish: () => ({ content: forwardContent(original), formatted: NO_TEXT }),
    });
    return { result };
  }
}
