import { AsyncLocalStorage } from 'node:async_hooks';

/** What an answer is waited for with. */
interface Asked<A, R> {
  readonly question: A;
  readonly resolve: (answer: R) => void;
  readonly reject: (error: unknown) => void;
}

/** How a {@link GatheredCall} gathers. */
export interface Gathering<A> {
  /** The most questions of one call; by default any number. */
  readonly mostAtOnce?: number;
  /** How many questions have to wait for a call beside one that is under way; by default none is made. */
  readonly enoughForTwo?: number;
  /** Questions that are of one kind keep their order: none is asked while another one is under way. */
  readonly kindOf?: (question: A) => string;
}

/**
 * Makes one call for all that is asked in one turn of the event loop, and for all that is asked while
 * a call is under way: alone a question waits for the end of its turn only, and under load there are
 * few calls, with many questions each. When a call fails, so do all who wait behind it: when nobody
 * answers, they do not queue up.
 */
export class GatheredCall<A, R> {
  /** Runs what belongs to no request of the app, though one has set it going. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();
  readonly #call: (questions: readonly A[]) => Promise<readonly R[]>;
  readonly #mostAtOnce: number;
  readonly #enoughForTwo: number;
  readonly #kindOf: ((question: A) => string) | undefined;
  readonly #kindsUnderWay = new Set<string>();
  #waiting: Array<Asked<A, R>> = [];
  #underWay = 0;
  #isAboutToCall = false;

  /** @param call Answers questions in their order. */
  constructor(
    call: (questions: readonly A[]) => Promise<readonly R[]>,
    {
      mostAtOnce = Number.MAX_SAFE_INTEGER,
      enoughForTwo = Number.POSITIVE_INFINITY,
      kindOf,
    }: Gathering<A> = {},
  ) {
    this.#call = call;
    this.#mostAtOnce = mostAtOnce;
    this.#enoughForTwo = enoughForTwo;
    this.#kindOf = kindOf;
  }

  /** Settles as a call does that begins after this. */
  ask(question: A): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      this.#callSoon();
    });
  }

  /** At the end of this turn of the event loop: who was answered in it may ask again in it. */
  #callSoon(): void {
    if (this.#isAboutToCall || !this.#mayCall) return;
    this.#isAboutToCall = true;
    this.#outsideRequests(setImmediate, () => {
      this.#isAboutToCall = false;
      const asked = this.#mayCall ? this.#next() : [];
      if (asked.length === 0) return;
      void this.#ask(asked);
      this.#callSoon();
    });
  }

  get #mayCall(): boolean {
    if (this.#underWay === 0) return this.#waiting.length > 0;
    return this.#underWay === 1 && this.#waiting.length >= this.#enoughForTwo;
  }

  /** How many go into the next call: where there may be two, no more than half of many. */
  get #share(): number {
    const half = Math.ceil(this.#waiting.length / 2);
    return Math.min(this.#mostAtOnce, Math.max(this.#enoughForTwo, half));
  }

  async #ask(asked: ReadonlyArray<Asked<A, R>>): Promise<void> {
    this.#underWay += 1;
    try {
      const answers = await this.#call(asked.map(({ question }) => question));
      for (const [index, answer] of answers.entries()) asked[index]?.resolve(answer);
    } catch (error) {
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const { reject } of [...asked, ...waiting]) reject(error);
    }
    this.#underWay -= 1;
    if (this.#kindOf)
      for (const { question } of asked) this.#kindsUnderWay.delete(this.#kindOf(question));
    this.#callSoon();
  }

  /** The first of those that wait, without those that another call has to be answered for first. */
  #next(): Array<Asked<A, R>> {
    if (!this.#kindOf) return this.#waiting.splice(0, this.#share);
    const next: Array<Asked<A, R>> = [];
    const before = new Set(this.#kindsUnderWay);
    const looked = this.#waiting.splice(0, this.#share);
    const left = looked.filter((asked) => {
      const kind = this.#kindOf?.(asked.question) ?? '';
      if (before.has(kind)) return true;
      next.push(asked);
      this.#kindsUnderWay.add(kind);
      return false;
    });
    if (left.length > 0) this.#waiting = [...left, ...this.#waiting];
    return next;
  }
}
