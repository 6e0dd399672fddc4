import { setTimeout as wait } from 'node:timers/promises';
import { withTimeout } from '../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from './redis-connection.js';
import { ShutdownAbortedError } from './shutdown-aborted.error.js';
import { isRedisAnswer } from './redis-denial.js';

/** When Redis is asked again what it has refused. */
const REFUSED_WAIT_MS = 500;

/**
 * Asks Redis for its last answers before the process ends. Once it has kept one waiting, or has given
 * none, nobody waits for it any more, so that the app ends in about 2 s however much there was to ask.
 */
export class ShutdownDeadline {
  #isAway = false;
  /** What ends the waits of {@link untilShutdown}. */
  readonly #waits = new Set<(error: Error) => void>();

  /** The answer, or `otherwise` when there is none. */
  async withFallback<A>(answer: Promise<A>, otherwise: A): Promise<A> {
    try {
      return await withTimeout(answer, this.#isAway ? 0 : REDIS_TIMEOUT_MS);
    } catch {
      this.#giveUp();
      return otherwise;
    }
  }

  /**
   * Asks until there is an answer, however long it takes. Asks again what Redis has refused without
   * doing anything, such as while it refuses the password.
   *
   * @throws {@link ShutdownAbortedError} When the process ends while Redis is away.
   */
  untilShutdown<A>(ask: () => Promise<A>): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#waits.add(reject);
      void this.#untilTaken(ask)
        .then(resolve, reject)
        .finally(() => this.#waits.delete(reject));
      if (this.#isAway) this.#giveUp();
    });
  }

  async #untilTaken<A>(ask: () => Promise<A>): Promise<A> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (this.#isAway || !isRedisAnswer(error)) throw error;
        await wait(REFUSED_WAIT_MS);
      }
    }
  }

  #giveUp(): void {
    this.#isAway = true;
    for (const end of this.#waits) end(new ShutdownAbortedError());
  }
}
