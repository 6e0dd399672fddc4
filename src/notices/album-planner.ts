import { Injectable } from '@nestjs/common';
import type { AttachmentKind } from '../files/attachment-kind.js';
import type { PreparedAttachment, PreparedFile } from '../files/prepared-attachment.interface.js';
import type { FileProgress } from '../outbound/file-progress.interface.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { NoticeFile } from './notice.interface.js';

/** The most items of an album (Bot API, sendMediaGroup). */
const LONGEST_ALBUM = 10;

/**
 * The most bytes of one request: 50 MB to api.telegram.org, 2,000 MB to a local Bot API server. What is not a
 * file takes little of it.
 */
const REQUEST_BYTES = 50_000_000;
const LOCAL_REQUEST_BYTES = 2_000_000_000;
const OTHER_BYTES = 64_000;

/** Only kinds of one class may share an album. */
const ALBUMS: Readonly<Record<AttachmentKind, string | undefined>> = {
  photo: 'visual',
  video: 'visual',
  audio: 'audio',
  document: 'document',
  voice: undefined,
};

/** Decides which files go into one message. */
@Injectable()
export class AlbumPlanner {
  readonly #mostBytes: number;

  constructor({ files }: TelegramSettings) {
    this.#mostBytes = (files.root ? LOCAL_REQUEST_BYTES : REQUEST_BYTES) - OTHER_BYTES;
  }

  /** The next files of a job: one, or an album of up to ten; empty when all are sent. */
  next(
    attachments: readonly PreparedAttachment[],
    { sentFiles, toldFiles, sendApart }: FileProgress,
  ): readonly NoticeFile[] {
    const album: NoticeFile[] = [];
    let bytes = 0;
    for (const [place, attachment] of attachments.entries()) {
      if (place < sentFiles || toldFiles.includes(place) || !isFile(attachment)) continue;
      const [first] = album;
      bytes += attachment.size;
      if (first && !this.#fits(first.file, attachment, bytes)) break;
      album.push({ place, file: attachment });
      if (sendApart || album.length === LONGEST_ALBUM) break;
    }
    return album;
  }

  #fits(first: PreparedFile, next: PreparedFile, bytes: number): boolean {
    const album = ALBUMS[first.kind];
    return album !== undefined && album === ALBUMS[next.kind] && bytes <= this.#mostBytes;
  }
}

/** Whether it can be sent. */
export function isFile(attachment: PreparedAttachment): attachment is PreparedFile {
  return attachment.kind !== 'missing' && attachment.kind !== 'too_big';
}
