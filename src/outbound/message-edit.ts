import { IsShownText } from './is-shown-text.decorator.js';
import { MessageTarget } from './message-target.js';

/**
 * A message that a customer has edited.
 *
 * @publicApi
 */
export class MessageEdit extends MessageTarget {
  /** The whole new text, of any length. Plain text: it is escaped. The files of the message stay as they are. */
  @IsShownText()
  text!: string;
}
