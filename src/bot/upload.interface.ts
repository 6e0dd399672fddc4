import type { Readable } from 'node:stream';

/** A file of a call, which the parameters of the call name by `attach://<field>`. */
export interface Upload {
  readonly field: string;
  /** As it is shown, without a path. */
  readonly name: string;
  readonly contentType: string;
  /** In bytes: exactly as many are read. */
  readonly size: number;
  /** Opens its content from the beginning; called for each try. */
  open(): Readable;
}
