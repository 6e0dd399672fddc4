import { gzipSync } from 'node:zlib';
import type { Sticker } from '@grammyjs/types';
import type { FileStore } from '../../files/file-store.js';
import type { BotApiMethod, BotApiSuccess } from '../../http/bot-api-method.js';
import { TOPIC_ICONS } from '../../world/topic-icons.js';

/** The pixels of each side of an animated custom emoji. */
const SIDE = 512;

/** Lists the icons of topics that are free for bots (telegram-bot-api, Client.cpp, `JsonSticker`). */
export class GetForumTopicIconStickersMethod implements BotApiMethod {
  readonly name = 'getForumTopicIconStickers';
  readonly #files: FileStore;
  #stickers: readonly Sticker[] | undefined;

  constructor(files: FileStore) {
    this.#files = files;
  }

  call(): BotApiSuccess {
    this.#stickers ??= Array.from(TOPIC_ICONS, ([emoji, id]) => this.#createSticker(emoji, id));
    return { result: this.#stickers };
  }

  #createSticker(emoji: string, customEmojiId: string): Sticker {
    const bytes = gzipSync(JSON.stringify({ v: '5.5.2', w: SIDE, h: SIDE, layers: [] }));
    const mimeType = 'application/x-tgsticker';
    const file = this.#files.add({ kind: 'sticker', bytes, mimeType, emoji });
    return {
      width: SIDE,
      height: SIDE,
      emoji,
      set_name: 'Topics',
      is_animated: true,
      is_video: false,
      type: 'custom_emoji',
      custom_emoji_id: customEmojiId,
      file_id: this.#files.idOf(file),
      file_unique_id: this.#files.uniqueIdOf(file),
      file_size: file.size,
    };
  }
}
