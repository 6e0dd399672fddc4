import type { Clock } from '../common/clock.js';
import { Timeouts } from '../common/timeouts.js';
import type { ReplyHandler } from './reply-handler.interface.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** Calls handlers, and waits for none longer than they may take. */
export class ReplyHandlerCaller {
  readonly #deadlines: Timeouts;
  readonly #timeoutMs: number;

  constructor(clock: Clock, timeoutMs: number) {
    this.#deadlines = new Timeouts(clock);
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Resolves when the handler is done. Rejects with what it fails with, or when it does not return in
   * time: an Observable is then let go of, anything else is no longer waited for.
   */
  call({ name, handle }: ReplyHandler, reply: ThreadReply): Promise<void> {
    const late = new AbortController();
    return this.#deadlines.race(handle(reply, late.signal), this.#timeoutMs, () => {
      const error = new Error(`${name} did not return within ${this.#timeoutMs} ms`);
      late.abort(error);
      throw error;
    });
  }
}
