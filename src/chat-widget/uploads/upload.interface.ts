/** A file that a customer has uploaded, without its bytes; plain JSON. */
export interface Upload {
  readonly id: string;
  /** Whose it is: nobody else may send it. */
  readonly customerId: string;
  readonly name: string;
  /** How it is shown: a document is what browsers only save. */
  readonly kind: 'photo' | 'video' | 'audio' | 'document';
  /** By its first bytes. */
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
  /** Of an image, in pixels. */
  readonly width?: number;
  readonly height?: number;
}
