import type { AttachmentKind } from './attachment-kind.js';

/** Where the bytes of a file are until it is sent. */
export type AttachmentSource =
  /** In the {@link FileStore}, beside the job. */
  | { readonly kind: 'stored'; readonly fileId: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'url'; readonly url: string }
  /** An id for the app's methods with `@LoadAttachment()`. */
  | { readonly kind: 'load'; readonly id: string };

/** A file of a message as a job has it: plain JSON without the bytes. */
export interface StoredAttachment {
  readonly source: AttachmentSource;
  /** As the app has given it: it may hold anything. */
  readonly name?: string | undefined;
  /** A media type without parameters. */
  readonly contentType?: string | undefined;
  /** By default `auto`. */
  readonly as?: AttachmentKind | 'auto' | undefined;
  /** In bytes, where it is known already. */
  readonly size?: number | undefined;
}
