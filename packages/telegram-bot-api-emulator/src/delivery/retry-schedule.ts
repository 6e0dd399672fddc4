import type { SeededRandom } from '../common/seeded-random.js';

/** The waits after the first failures of an update; the last of them is 60 to 64 seconds. */
const FIRST_SECONDS = [0, 2, 4, 8, 16, 32];
const SPREAD = { first: [60, 64], later: [60, 120] } as const;
const MAX_RETRY_AFTER_SECONDS = 3_600;

/** When a failed update is tried again (telegram-bot-api, WebhookActor.cpp:493-523). */
export class RetrySchedule {
  readonly #random: SeededRandom;
  #failures = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /**
   * The seconds to wait after one more failure.
   *
   * @param askedSeconds The `Retry-After` of the answer, which takes the place of the usual wait.
   */
  next(askedSeconds?: number): number {
    if (askedSeconds !== undefined && askedSeconds > 0) {
      return Math.min(askedSeconds, MAX_RETRY_AFTER_SECONDS);
    }
    const failures = this.#failures++;
    const first = FIRST_SECONDS[failures];
    if (first !== undefined) return first;
    const [min, max] = failures === FIRST_SECONDS.length ? SPREAD.first : SPREAD.later;
    return this.#random.between(min, max);
  }
}
