import type { Readable } from 'node:stream';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { IncomingFileKind } from '../updates/message-files.js';

/**
 * A file in Telegram that the app can read.
 *
 * @publicApi
 */
export interface IncomingFile {
  /** The media type that Telegram states, which nobody has checked. */
  readonly contentType?: string;
  /** In bytes. */
  readonly size?: number;
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
  /**
   * A link to the file for customers, which this app serves. It works for `files.ttlSeconds`, 1 hour by default, and
   * does not show the bot token. Do not store it: to keep the file, read it by `open()`.
   */
  readonly url: string;
  /**
   * Reads the file from Telegram, as a stream. Works without the HTTP server of this app, and for as long as Telegram
   * has the file.
   *
   * @throws {@link TelegramFileError} When the file has more than 20 MiB and there is no local Bot API server, when
   * Telegram no longer has it, or when Telegram does not answer.
   */
  readonly open: () => Promise<Readable>;
}

/**
 * A file that an agent has sent.
 *
 * @publicApi
 *
 * @example
 * for (const { name, text, open } of reply.attachments) {
 *   await this.uploads.save(name ?? text, await open());
 * }
 */
export interface IncomingAttachment extends IncomingFile {
  readonly kind: IncomingFileKind;
  /** The agent's message that it is in: each file of an album has one of its own, by which its edit or deletion names it. */
  readonly message: MessageRef;
  /** As the agent's app calls it: one line without slashes. Photos, voice messages and stickers have none. */
  readonly name?: string;
  readonly durationMs?: number;
  /** What stands for it where it cannot be shown, such as `[photo]`, or the emoji of a sticker. Never empty. */
  readonly text: string;
  /** A picture of it: of a video, a document, the still of a live photo, or what an animated sticker looks like. */
  readonly thumbnail?: IncomingFile;
}
