/** A file in a multipart body. */
export interface UploadedFile {
  /** The file's own name; may be empty. */
  readonly fileName: string;
  /** The `Content-Type` of its part; may be empty. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
