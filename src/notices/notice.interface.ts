import type { PreparedFile } from '../files/prepared-attachment.interface.js';
import type { PlacedMessage } from '../threads/placed-message.interface.js';
import type { Html } from './html.js';
import type { NoticePart } from './notice-templates.js';

/** A file of a notice. */
export interface NoticeFile {
  /** Its place among the attachments of its job, from 0. */
  readonly place: number;
  readonly file: PreparedFile;
}

/** How far a job of which not all is shown has come. */
export interface JobReach {
  /** How many parts of its text are shown. */
  readonly sentParts: number;
  /** How many of its attachments, from the first, are shown. */
  readonly sentFiles: number;
  /** The places of the attachments of which a line says that they were not sent. */
  readonly toldFiles: readonly number[];
}

/** A piece of the text of a notice: a part of the text of a job, a line about a file of it, or what was said before. */
export interface NoticePiece {
  /** The place of its job among those that were composed. */
  readonly job: number;
  /** Undefined for a line about a file, and for what was said before. */
  readonly part?: NoticePart | undefined;
  /** Whether it is what was said before the text. */
  readonly isAbove?: boolean | undefined;
  /** As it is shown. */
  readonly text: Html;
}

/** One message to the admin chat, or one album. */
export interface Notice {
  /** The text, or the caption of the first file; blank when the files stand alone. */
  readonly content: Html;
  /** What the content is composed of. */
  readonly pieces: readonly NoticePiece[];
  /** Several are an album. */
  readonly files: readonly NoticeFile[];
  /** The thread it belongs to; a reply to the message goes there. */
  readonly threadId: string | undefined;
  /** The agent's message that it answers. */
  readonly inReplyTo: PlacedMessage | undefined;
  /** How many of the composed jobs are done when it is sent. */
  readonly jobs: number;
  /** How far the job after those has come by then; undefined when nothing of it is shown. */
  readonly reach: JobReach | undefined;
  /** Whether it shows several jobs. */
  readonly isJoint: boolean;
}
