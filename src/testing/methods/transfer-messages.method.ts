import type { Message } from '@grammyjs/types';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../http/bot-api.method.js';
import { copyContent, forwardContent } from '../sending/message.copier.js';
import { kindOf } from '../sending/message.kinds.js';
import type { MessagePoster } from '../sending/message.poster.js';
import type { MessageSource } from '../sending/message.source.js';
import { NO_TEXT } from '../sending/text.content.js';
import { isServiceMessage } from '../world/bot.visibility.js';

/** `copyMessages` and `forwardMessages`, which skip what cannot be found or sent on. */
export class TransferMessagesMethod implements BotApiMethod {
  readonly name: 'copyMessages' | 'forwardMessages';
  readonly #source: MessageSource;
  readonly #poster: MessagePoster;

  constructor(
    name: 'copyMessages' | 'forwardMessages',
    source: MessageSource,
    poster: MessagePoster,
  ) {
    this.name = name;
    this.#source = source;
    this.#poster = poster;
  }

  call(call: MethodCall): BotApiSuccess {
    const isCopy = this.name === 'copyMessages';
    const originals = this.#source
      .findAll(call)
      .filter((message) => !isServiceMessage(message))
      .filter((message) => isCopy || !message.has_protected_content);
    const posted = this.#poster.postAll(
      call,
      originals.map((original) => ({
        kind: kindOf(original),
        finish: () => ({ content: this.#contentOf(original), formatted: NO_TEXT }),
      })),
    );
    return { result: posted.map(({ message_id }) => ({ message_id })) };
  }

  #contentOf(message: Message): Partial<Message> {
    return this.name === 'copyMessages' ? copyContent(message) : forwardContent(message);
  }
}
