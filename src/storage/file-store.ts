/** Keeps the bytes of files beside the jobs that will send them. */
export abstract class FileStore {
  /**
   * @param bytes Not changed afterwards: they may be kept as they are.
   * @throws When the bytes could not be stored.
   */
  abstract put(fileId: string, bytes: Uint8Array): Promise<void>;

  /**
   * Null when there are none of that id, or no longer.
   *
   * @throws When the store does not answer.
   */
  abstract get(fileId: string): Promise<Buffer | null>;

  /**
   * Forgets files, those that are not there included.
   *
   * @throws When the store does not answer.
   */
  abstract delete(fileIds: readonly string[]): Promise<void>;
}
