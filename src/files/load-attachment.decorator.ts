import type { Readable } from 'node:stream';
import type { DeskFilter } from '../discovery/desk-filter.js';
import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';

/**
 * Which bots and desks a method with {@link LoadAttachment} is for.
 *
 * @publicApi
 */
export interface LoadAttachmentOptions extends DeskFilter {}

/**
 * What a method with {@link LoadAttachment} returns: the bytes, or null when the id is none of its own.
 *
 * @publicApi
 */
export type LoadedAttachment = Readable | AsyncIterable<Uint8Array> | Uint8Array | null;

/** The mark that {@link LoadAttachment} sets on a method. */
export const LOAD_ATTACHMENT = new MethodMark<string, LoadAttachmentOptions>(
  'telegram:load-attachment',
  '@LoadAttachment()',
);

/**
 * Calls the method with the id of an attachment that is given as `load`, when its message is sent. It returns the
 * bytes as a stream, such as the body of an object in S3 or GridFS, or as a `Uint8Array`, or a promise of either. The
 * first method that returns something other than null or undefined wins.
 *
 * When it throws, or the bytes take too long (20 s for the next one, 120 s in all), it is called again after 1 s and
 * 5 s. Then the message is sent without the file, and a line says so.
 *
 * @publicApi
 *
 * @example
 * @LoadAttachment()
 * load(id: string): Readable {
 *   return this.bucket.openDownloadStream(new ObjectId(id));
 * }
 */
export function LoadAttachment(options: LoadAttachmentOptions = {}): MarkedMethodDecorator<string> {
  return LOAD_ATTACHMENT.decorate(options);
}
