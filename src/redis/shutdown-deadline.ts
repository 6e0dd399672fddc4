import { setTimeout as wait } from 'node:timers/promises';
import { withTimeout } from '../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from './redis-connection.js';
import { ShutdownAbortedError } from './shutdown-aborted.error.js';
import { isRedisAnswer } from './redis-denial.js';

/** The wait before a refused command is sent again. */
const REFUSED_WAIT_MS = 500;

/**
 * Limits how long a shutdown waits for Redis: after the first command that fails or times out, the others are not
 * waited for. So an app ends in about 2 s, however many commands are pending.
 */
export class ShutdownDeadline {
  #isGivenUp = false;
  /** What ends the waits of {@link untilShutdown}. */
  readonly #waits = new Set<(error: Error) => void>();

  /** Resolves with the answer, or with `otherwise` when there is none. */
  async withFallback<A>(answer: Promise<A>, otherwise: A): Promise<A> {
    try {
      return await withTimeout(answer, this.#isGivenUp ? 0 : REDIS_TIMEOUT_MS);
    } catch {
      this.#giveUp();
      return otherwise;
    }
  }

  /**
   * Waits for the answer however long it takes, and sends the command again while Redis refuses it, for example
   * because of the password.
   *
   * @throws {@link ShutdownAbortedError} When the process ends and Redis does not answer.
   */
  untilShutdown<A>(ask: () => Promise<A>): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#waits.add(reject);
      void this.#retry(ask)
        .then(resolve, reject)
        .finally(() => this.#waits.delete(reject));
      if (this.#isGivenUp) this.#giveUp();
    });
  }

  async #retry<A>(ask: () => Promise<A>): Promise<A> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (this.#isGivenUp || !isRedisAnswer(error)) throw error;
        await wait(REFUSED_WAIT_MS);
      }
    }
  }

  #giveUp(): void {
    this.#isGivenUp = true;
    for (const end of this.#waits) end(new ShutdownAbortedError());
  }
}
