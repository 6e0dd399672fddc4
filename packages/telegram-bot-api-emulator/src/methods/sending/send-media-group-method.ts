import type { Message } from '@grammyjs/types';
import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { type InputMediaItem, readMediaGroup } from '../../parameters/input-media-reader.js';
import { readCaption } from '../../parameters/input-text-reader.js';
import type { MediaComposer } from '../../sending/media-composer.js';
import type { MessagePoster, OutgoingMessage } from '../../sending/message-poster.js';
import type { AlbumCounter } from '../../world/album-counter.js';

const MAX_ITEMS = 10;

/** Sends an album: as many messages as items, with one `media_group_id`. */
export class SendMediaGroupMethod implements BotApiMethod {
  readonly name = 'sendMediaGroup';
  readonly #media: MediaComposer;
  readonly #poster: MessagePoster;
  readonly #albums: AlbumCounter;

  constructor(media: MediaComposer, poster: MessagePoster, albums: AlbumCounter) {
    this.#media = media;
    this.#poster = poster;
    this.#albums = albums;
  }

  call(call: MethodCall): BotApiSuccess {
    const items = readMediaGroup(call.parameters);
    if (items.length === 0) throw BotApiError.of(400, 'there are no messages to send');
    if (items.length > MAX_ITEMS) {
      throw BotApiError.of(400, 'too many messages to send as an album');
    }
    checkMixture(items);
    const captions = items.map((item) => readCaption(item.parameters));
    const groupId = this.#albums.next();
    const messages = items.map((item, index): OutgoingMessage => {
      const caption = captions[index] ?? { text: '', entities: [] };
      const outgoing = this.#media.prepare(call, { ...item, caption });
      return {
        ...outgoing,
        finish: (room) => {
          const { content, formatted } = finishItem(outgoing, room, index);
          const grouped: Partial<Message> = { media_group_id: groupId, ...content };
          return { content: grouped, formatted };
        },
      };
    });
    return { result: this.#poster.postAll(call, messages, { hasKeyboard: false }) };
  }
}

/** Documents, and audio, go with their own kind alone. */
function checkMixture(items: readonly InputMediaItem[]): void {
  const kinds = new Set(items.map((item) => item.kind));
  for (const [kind, name] of [
    ['document', 'document'],
    ['audio', 'audio'],
    ['animation', 'animation'],
  ] as const) {
    const isAlone = kind !== 'animation' && kinds.size === 1;
    if (kinds.has(kind) && !isAlone) {
      throw BotApiError.of(400, `${name} can't be mixed with other media types`);
    }
  }
}

/** Says which item failed (telegram-bot-api, Client.cpp:12597). */
function finishItem(
  { finish }: OutgoingMessage,
  room: Parameters<OutgoingMessage['finish']>[0],
  index: number,
): ReturnType<OutgoingMessage['finish']> {
  try {
    return finish(room);
  } catch (error) {
    if (!(error instanceof BotApiError)) throw error;
    const reason = error.description.replace(/^Bad Request: /, '');
    throw BotApiError.of(
      400,
      `failed to send message #${index + 1} with the error message "${reason}"`,
    );
  }
}
