import type { Message } from '@grammyjs/types';
import type { FileKind } from '../files/stored-file.js';
import type { AgentFile } from './agent-file.js';

/** Where a message goes. */
export interface AgentMessageOptions {
  /** The message that is replied to. */
  readonly replyTo?: Message | number;
  /** Fields that are added to the message. */
  readonly extra?: Partial<Message>;
}

/** What is said of a file, and where it goes. */
export interface AgentFileOptions extends AgentFile, AgentMessageOptions {
  readonly caption?: string;
}

/** A file of an album: a photo, unless its kind is named. */
export interface AlbumFile extends AgentFile {
  readonly kind?: FileKind;
  readonly caption?: string;
}

/** Where an album goes; the caption goes with its first file. */
export type AlbumOptions = Pick<AgentFileOptions, 'caption'> & AgentMessageOptions;

/** A file that takes the place of another, or of a text. */
export type EditedFileOptions = Omit<AgentFileOptions, 'replyTo'>;
