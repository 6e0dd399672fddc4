import type { TranscriptStore } from '../../chat-widget/transcripts/transcript-store.js';

/**
 * One thing that a store of transcripts promises.
 *
 * @publicApi
 */
export interface TranscriptStoreCase {
  /** As a title of a test. */
  readonly name: string;
  /**
   * Tries it, on threads and customers of its own, so that all cases may share one store.
   *
   * @throws {AssertionError} That says what the store has done instead.
   */
  readonly run: (store: TranscriptStore) => Promise<void>;
}
