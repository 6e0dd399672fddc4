import type { Message } from '@grammyjs/types';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { copyContent, forwardContent } from '../../sending/message-copier.js';
import { kindOf } from '../../sending/message-kinds.js';
import type { MessagePoster } from '../../sending/message-poster.js';
import type { MessageSource } from '../../sending/message-source.js';
import { NO_TEXT } from '../../sending/text-content.js';
import type { AlbumCounter } from '../../world/album-counter.js';
import { isServiceMessage } from '../../world/bot-visibility.js';

/**
 * `copyMessages` and `forwardMessages`, which skip what cannot be found or sent on. What was an
 * album is one again.
 */
export class TransferMessagesMethod implements BotApiMethod {
  readonly name: 'copyMessages' | 'forwardMessages';
  readonly #source: MessageSource;
  readonly #poster: MessagePoster;
  readonly #albums: AlbumCounter;

  constructor(
    name: TransferMessagesMethod['name'],
    source: MessageSource,
    poster: MessagePoster,
    albums: AlbumCounter,
  ) {
    this.name = name;
    this.#source = source;
    this.#poster = poster;
    this.#albums = albums;
  }

  call(call: MethodCall): BotApiSuccess {
    const isCopy = this.name === 'copyMessages';
    const originals = this.#source
      .findAll(call)
      .filter((message) => !isServiceMessage(message))
      .filter((message) => isCopy || !message.has_protected_content);
    const albums = this.#renewAlbums(originals);
    const messages = originals.map((original) => {
      const album = albums.get(original.media_group_id);
      const content = {
        ...(album !== undefined && { media_group_id: album }),
        ...this.#contentOf(original),
      };
      return { kind: kindOf(original), finish: () => ({ content, formatted: NO_TEXT }) };
    });
    const posted = this.#poster.postAll(call, messages, { hasKeyboard: false });
    return { result: posted.map(({ message_id }) => ({ message_id })) };
  }

  /** By their old ids; one message alone is no album. */
  #renewAlbums(originals: readonly Message[]): Map<string | undefined, string> {
    const ids = originals.flatMap(({ media_group_id: id }) => id ?? []);
    const albums = ids.filter((id, index) => ids.indexOf(id) < index);
    return new Map(Array.from(new Set(albums), (id) => [id, this.#albums.next()]));
  }

  #contentOf(message: Message): Partial<Message> {
    return this.name === 'copyMessages' ? copyContent(message) : forwardContent(message);
  }
}
