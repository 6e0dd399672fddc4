import type { AttachmentKind } from '../files/attachment-kind.js';

/** How an attachment is shown, whatever its bytes come from. */
export interface AttachmentDetails {
  /**
   * The name of the file as the customer knows it. Paths, invisible characters and those that reverse a text are
   * taken out of it, and at most 128 characters are kept.
   *
   * @default the last part of `path` or `url`, else a name by the type, such as `photo.jpg`
   */
  readonly name?: string | undefined;
  /**
   * Such as `application/pdf`. Used where the bytes do not show the type.
   *
   * @default application/octet-stream
   */
  readonly contentType?: string | undefined;
  /**
   * How Telegram shows it. With `auto` the bytes decide; what Telegram does not take as the kind that is given
   * is sent as a document.
   *
   * @default 'auto'
   */
  readonly as?: AttachmentKind | 'auto' | undefined;
}

/**
 * A file of a customer's message: the bytes themselves, or where they are when the message is sent.
 *
 * - `data`: the bytes, at most `files.maxBytes` (10 MiB). Copied, and kept beside the notice until it is posted.
 * - `path`: a file of this machine. With several processes all of them need it there.
 * - `url`: an http or https URL, fetched by the module. Not to private addresses, unless `files.allowPrivateUrls`.
 * - `load`: an id for your methods with `@LoadAttachment()`.
 *
 * @publicApi
 *
 * @example
 * attachments: [{ path: file.path, name: file.originalname }]
 */
export type OutgoingAttachment = AttachmentDetails &
  (
    | {
        readonly data: Uint8Array;
        readonly path?: never;
        readonly url?: never;
        readonly load?: never;
      }
    | {
        readonly path: string;
        readonly data?: never;
        readonly url?: never;
        readonly load?: never;
      }
    | {
        readonly url: string;
        readonly data?: never;
        readonly path?: never;
        readonly load?: never;
      }
    | {
        readonly load: string;
        readonly data?: never;
        readonly path?: never;
        readonly url?: never;
      }
  );
