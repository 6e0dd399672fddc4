import type { Readable } from 'node:stream';
import type { AttachmentKind } from './attachment-kind.js';

/** A file that can be sent: its bytes are on this machine. */
export interface PreparedFile {
  readonly kind: AttachmentKind;
  /** Clean: no path, nothing invisible, at most 128 characters. */
  readonly name: string;
  /** A media type without parameters. */
  readonly contentType: string;
  /** In bytes, never 0. */
  readonly size: number;
  /** In pixels, of photos. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** The bytes from the beginning; each call reads them anew. */
  open(): Readable;
}

/** A file that could not be read: it is gone, or its source failed to the last. */
export interface MissingFile {
  readonly kind: 'missing';
  readonly name: string;
  /** For agents: why, in words that complete "was not sent: …". */
  readonly reason: string;
}

/** A file that is larger than Telegram takes. */
export interface TooBigFile {
  readonly kind: 'too_big';
  readonly name: string;
  /** In bytes; undefined when reading it was given up at the limit. */
  readonly size?: number | undefined;
  /** The `url` of the app, if it gave one. */
  readonly link?: string | undefined;
}

/** What has become of one attachment of a job. */
export type PreparedAttachment = PreparedFile | MissingFile | TooBigFile;

/** How far the files of a job are. */
export type Preparation =
  /** In the order of the attachments, one for each. */
  | { readonly state: 'ready'; readonly files: readonly PreparedAttachment[] }
  /** They have been loaded for `elapsedMs` milliseconds. Ask again after `retryMs`. */
  | { readonly state: 'waiting'; readonly retryMs: number; readonly elapsedMs: number };
