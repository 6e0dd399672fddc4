import type { MessageRef } from '../../threads/message-ref.interface.js';

/** A reply is held no more, so what was posted about that has no buttons any more. */
export interface HoldEndedJob {
  readonly v: 1;
  readonly type: 'hold.ended';
  readonly threadId: string;
  readonly reply: MessageRef;
}
