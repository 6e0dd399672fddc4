/** What an answer is waited for with. */
interface Asked<A, R> {
  readonly question: A;
  readonly resolve: (answer: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes one call for all that is asked while the call before it is under way: a call alone is made at
 * once, and under load there are few of them, with many questions each. When a call fails, so do all
 * who wait behind it: when nobody answers, they do not queue up.
 */
export class GatheredCall<A, R> {
  readonly #call: (questions: readonly A[]) => Promise<readonly R[]>;
  readonly #mostAtOnce: number;
  #waiting: Array<Asked<A, R>> = [];
  #isUnderWay = false;

  /** @param call Answers questions in their order. */
  constructor(
    call: (questions: readonly A[]) => Promise<readonly R[]>,
    mostAtOnce = Number.MAX_SAFE_INTEGER,
  ) {
    this.#call = call;
    this.#mostAtOnce = mostAtOnce;
  }

  /** Settles as a call does that begins after this. */
  ask(question: A): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      if (!this.#isUnderWay) void this.#askAll();
    });
  }

  async #askAll(): Promise<void> {
    this.#isUnderWay = true;
    while (this.#waiting.length > 0) {
      const asked = this.#waiting.slice(0, this.#mostAtOnce);
      this.#waiting = this.#waiting.slice(asked.length);
      await this.#askOnce(asked);
    }
    this.#isUnderWay = false;
  }

  async #askOnce(asked: ReadonlyArray<Asked<A, R>>): Promise<void> {
    try {
      const answers = await this.#call(asked.map(({ question }) => question));
      for (const [index, answer] of answers.entries()) asked[index]?.resolve(answer);
    } catch (error) {
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const { reject } of [...asked, ...waiting]) reject(error);
    }
  }
}
