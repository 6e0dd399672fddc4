import type { Clock } from '../time/clock.js';

/** How a bot answered the press of a button. */
export interface ButtonAnswer {
  readonly text?: string;
  readonly url?: string;
  readonly showAlert: boolean;
  /** Seconds. */
  readonly cacheTime: number;
}

/** Who pressed a button of what. */
export interface QuerySource {
  readonly userId: number;
  readonly chatId: number;
  /** 0 of an ephemeral message. */
  readonly messageId: number;
}

interface PendingQuery extends QuerySource {
  readonly askedAt: number;
  answer?: ButtonAnswer;
}

/** After this, an answer comes too late; the time is seen, not published. */
const ANSWER_TIMEOUT_MS = 150_000;

/** The button presses that a bot has to answer. */
export class CallbackQueries {
  readonly #clock: Clock;
  readonly #queries = new Map<string, PendingQuery>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes a press. */
  add(id: string, source: QuerySource): void {
    this.#queries.set(id, { ...source, askedAt: this.#clock.monotonicMs() });
  }

  /** What was pressed no longer than so many milliseconds ago; undefined when there is no such press. */
  findRecent(id: string, maxAgeMs: number): QuerySource | undefined {
    const query = this.#queries.get(id);
    return query && query.askedAt + maxAgeMs >= this.#clock.monotonicMs() ? query : undefined;
  }

  /** Takes the answer of the bot; false when there is no such press or it is too late. */
  answer(id: string, answer: ButtonAnswer): boolean {
    const query = this.#queries.get(id);
    if (!query || query.askedAt + ANSWER_TIMEOUT_MS < this.#clock.monotonicMs()) return false;
    query.answer ??= answer;
    return true;
  }

  /** The answer to a press; undefined while there is none. */
  answerTo(id: string): ButtonAnswer | undefined {
    return this.#queries.get(id)?.answer;
  }
}
