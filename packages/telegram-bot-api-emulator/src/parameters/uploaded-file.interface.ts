/** A file in a multipart body. */
export interface UploadedFile {
  /** The file's own name; may be empty. */
  readonly fileName: string;
  /** The `Content-Type` of its part; may be empty. */
  readonly contentType: string;
  /** Its content, or the beginning of one that is on the disk. */
  readonly bytes: Uint8Array;
  /** Of a file on the disk: how large it is, in bytes, and where it is. */
  readonly size?: number;
  readonly storedAt?: string;
}
