import { within } from '../clock/within.js';
import { REDIS_TIMEOUT_MS } from './redis.connection.js';
import { RedisGivenUpError } from './redis-given-up.error.js';

/**
 * Asks Redis for its last answers before the process ends. Once it has kept one waiting, or has given
 * none, nobody waits for it any more, so that the app ends in about 2 s however much there was to ask.
 */
export class RedisFarewell {
  #isAway = false;
  /** What ends the waits of {@link untilAway}. */
  readonly #waits = new Set<(error: Error) => void>();

  /** The answer, or `otherwise` when there is none. */
  async answerOr<A>(answer: Promise<A>, otherwise: A): Promise<A> {
    try {
      return await within(answer, this.#isAway ? 0 : REDIS_TIMEOUT_MS);
    } catch {
      this.#giveUp();
      return otherwise;
    }
  }

  /**
   * Waits for an answer however long it takes.
   *
   * @throws {@link RedisGivenUpError} When the process ends while Redis is away.
   */
  untilAway<A>(answer: Promise<A>): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#waits.add(reject);
      void answer.then(resolve, reject).finally(() => this.#waits.delete(reject));
      if (this.#isAway) this.#giveUp();
    });
  }

  #giveUp(): void {
    this.#isAway = true;
    for (const end of this.#waits) end(new RedisGivenUpError());
  }
}
