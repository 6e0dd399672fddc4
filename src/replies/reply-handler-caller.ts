import type { Clock } from '../common/clock.js';
import { Deadlines } from '../common/timeouts.js';
import type { ReplyHandler } from './reply-handler.interface.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** Calls handlers, and waits for none longer than they may take. */
export class ReplyHandlerCaller {
  readonly #deadlines: Deadlines;
  readonly #timeoutMs: number;

  constructor(clock: Clock, timeoutMs: number) {
    this.#deadlines = new Deadlines(clock);
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Resolves when the handler is done. Rejects with what it fails with, or when it does not return in
   * time: an Observable is then let go of, anything else is no longer waited for.
   */
  call({ name, handle }: ReplyHandler, reply: ThreadReply): Promise<void> {
    const late = new AbortController();
    return this.#deadlines.bound(handle(reply, late.signal), this.#timeoutMs, () => {
      const error = new Error(`${name} did not return within ${this.#timeoutMs} ms`);
      late.abort(error);
      throw error;
    });
  }
}
