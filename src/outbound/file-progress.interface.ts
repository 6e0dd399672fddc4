/** How far the desk has come with the attachments of a job, each known by its place from 0; plain JSON. */
export interface FileProgress {
  /** How many, from the first, are in Telegram. */
  readonly sentFiles: number;
  /** Those of which agents know that they were not sent. */
  readonly toldFiles: readonly number[];
  /** Those that go as documents, because Telegram has refused them as what they are. */
  readonly asDocuments: readonly number[];
  /** Those that Telegram refuses for good. */
  readonly refused: readonly number[];
  /** Whether each goes alone: Telegram has refused an album without saying which file is at fault. */
  readonly sendApart: boolean;
  /** How often one could not be read though it was there before. */
  readonly unreadable: number;
}

/** Of a job of which no file has been sent. */
export const NO_FILES_SENT: FileProgress = {
  sentFiles: 0,
  toldFiles: [],
  asDocuments: [],
  refused: [],
  sendApart: false,
  unreadable: 0,
};
