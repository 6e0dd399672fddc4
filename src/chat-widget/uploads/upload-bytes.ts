import type { FileRange } from '../../files/file-range.interface.js';

/** How much of a file is read at a time. */
export const PIECE_BYTES = 262_144;

/** Keeps the bytes of uploads. Also the injection token. */
export abstract class UploadBytes {
  /**
   * Keeps the bytes of an upload that is not sent yet.
   *
   * @param bytes Not changed afterwards: they may be kept as they are.
   * @throws When the bytes could not be stored.
   */
  abstract put(uploadId: string, bytes: Uint8Array): Promise<void>;

  /**
   * Keeps the bytes of an upload as long as those of sent ones, from now on.
   *
   * @returns Whether there are any.
   * @throws When the store does not answer.
   */
  abstract keep(uploadId: string): Promise<boolean>;

  /**
   * Null when there are none of that id, or no longer.
   *
   * @throws When the store does not answer.
   */
  abstract get(uploadId: string): Promise<Buffer | null>;

  /**
   * Reads a part of an upload, {@link PIECE_BYTES} at a time, each only when it is asked for. It ends early when there
   * are no more bytes, or they are deleted meanwhile.
   *
   * @throws When the store does not answer.
   */
  abstract read(uploadId: string, range: FileRange): AsyncGenerator<Buffer, void>;

  /**
   * Forgets uploads, those that are not there included.
   *
   * @throws When the store does not answer.
   */
  abstract delete(uploadIds: readonly string[]): Promise<void>;
}
