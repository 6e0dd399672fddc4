import { IsIdentifier } from './is-identifier.decorator.js';
import { ThreadTarget } from './thread-target.js';

/**
 * Names a message of a customer.
 *
 * @publicApi
 */
export class MessageTarget extends ThreadTarget {
  /** The `messageId` with which the desk was notified of the message, or that of the result. */
  @IsIdentifier()
  messageId!: string;
}
