/** A field of the context of a thread, cleaned and cut; plain JSON. It has a text or a time. */
export interface StoredField {
  readonly label: string;
  readonly text?: string | undefined;
  /** In milliseconds since the Unix epoch. */
  readonly atMs?: number | undefined;
  readonly url?: string | undefined;
  readonly copy?: boolean | undefined;
}
