/** Whose uploads: those of a customer, or those that were sent in a thread. */
export interface UploadOwner {
  readonly kind: 'customer' | 'thread';
  readonly id: string;
}

/** An upload, as it counts for its owner. */
export interface IndexedUpload {
  readonly id: string;
  readonly bytes: number;
  /** For how long from now it counts. */
  readonly lifeMs: number;
}

/** What the smallest upload counts as, which bounds the number of uploads of a customer. */
export const LEAST_BYTES = 4_096;

/** Knows which uploads there are of a customer and of a thread, whatever became of their messages. Also the injection token. */
export abstract class UploadIndex {
  /**
   * Adds an upload. One that is there already is changed.
   *
   * @param mostBytes What all uploads of the owner may have together.
   * @returns Whether there was room for it.
   * @throws When the store does not answer.
   */
  abstract add(owner: UploadOwner, upload: IndexedUpload, mostBytes: number): Promise<boolean>;

  /**
   * The ids of the uploads of an owner; some may have expired.
   *
   * @throws When the store does not answer.
   */
  abstract list(owner: UploadOwner): Promise<string[]>;

  /** @throws When the store does not answer. */
  abstract remove(owner: UploadOwner, uploadIds: readonly string[]): Promise<void>;
}
