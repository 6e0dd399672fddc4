import { IsOptional } from 'class-validator';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { IsReadMark } from './is-read-mark.decorator.js';
import { ThreadTarget } from './thread-target.js';

/**
 * What a customer has read.
 *
 * @publicApi
 */
export class ThreadRead extends ThreadTarget {
  /**
   * The newest reply that they have read, by its `ThreadReply.message`, or when they have read.
   *
   * @default all replies
   */
  @IsOptional()
  @IsReadMark()
  upTo?: MessageRef | Date | undefined;
}
