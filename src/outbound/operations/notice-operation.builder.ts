import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import type { Notice } from '../../notices/notice.interface.js';
import { NoticeTextBuilder } from './notice-text.builder.js';
import type { Operation } from './operation.interface.js';
import { SendAlbumBuilder } from './send-album.builder.js';
import { SendFileBuilder } from './send-file.builder.js';
import { SendTextBuilder } from './send-text.builder.js';

/** Builds the operation that posts a notice: a text, a file or an album. */
@Injectable()
export class NoticeOperationBuilder {
  constructor(
    private readonly texts: NoticeTextBuilder,
    private readonly text: SendTextBuilder,
    private readonly file: SendFileBuilder,
    private readonly album: SendAlbumBuilder,
  ) {}

  /**
   * @param title Stands above the notice.
   * @param keyboard Stands below it; Telegram takes none with an album.
   */
  build(notice: Notice, title?: string, keyboard?: InlineKeyboardMarkup): Operation {
    const texts = this.texts.build(notice, title);
    const [first, ...others] = notice.files;
    if (!first) return this.text.build(texts, keyboard);
    const caption = title === undefined && notice.content.isBlank ? undefined : texts;
    return others.length > 0
      ? this.album.build(notice.files, caption)
      : this.file.build(first, caption, keyboard);
  }
}
