import type { TranscriptMessage, TranscriptThread } from '../transcripts/transcript.interface.js';

/** Makes what customers see of what is stored: links are signed here, and nothing internal is shown. */
export abstract class EventPresenter {
  /** The data of a `message` event, which is stored as JSON text. All readers of a thread are its customer. */
  abstract message(thread: TranscriptThread, message: TranscriptMessage): object;

  /** The data of a `thread` event. */
  abstract thread(thread: TranscriptThread): object;
}
