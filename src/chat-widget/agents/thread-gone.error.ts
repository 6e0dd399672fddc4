import { UnrecoverableError } from '../../queue/unrecoverable.error.js';

/** A reply to a thread that the transcript no longer has: the agent learns it at once. */
export class ThreadGoneError extends UnrecoverableError {
  constructor() {
    super('this chat was deleted, so the customer cannot read it any more');
  }
}
