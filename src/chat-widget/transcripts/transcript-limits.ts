/** How much the built-in stores keep. */
export interface TranscriptLimits {
  /** How long a thread is kept after its last change. */
  readonly retentionMs: number;
  /** The most messages of a thread. The oldest ones go, as if they had never been. */
  readonly maxMessages: number;
}

/** The most messages of a thread, unless told otherwise. */
export const MOST_MESSAGES = 1_000;
