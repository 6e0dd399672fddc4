import { IsIdentifier } from './is-identifier.decorator.js';

/**
 * Names a thread of the app.
 *
 * @publicApi
 */
export class ThreadTarget {
  /** The app's id of the thread: 1 to 256 characters. */
  @IsIdentifier()
  threadId!: string;
}
