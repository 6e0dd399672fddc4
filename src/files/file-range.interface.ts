/** A part of a file, by the offsets of its first and its last byte. */
export interface FileRange {
  readonly start: number;
  /** Included, as in a `Range` header. */
  readonly end: number;
}
