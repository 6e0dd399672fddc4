import { setImmediate as macrotask } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { GatheredCall, type Gathering } from './gathered.call.js';

/** Calls that are answered when the test says so, each question with its double. */
class Calls {
  readonly made: number[][] = [];
  readonly #answers: Array<(error?: Error) => void> = [];
  readonly #gathered: GatheredCall<number, number>;

  constructor(gathering?: Gathering<number>) {
    this.#gathered = new GatheredCall((questions) => {
      this.made.push([...questions]);
      return new Promise((resolve, reject) => {
        this.#answers.push((error) =>
          error ? reject(error) : resolve(questions.map((question) => question * 2)),
        );
      });
    }, gathering);
  }

  /** Asks each, in one turn of the event loop. */
  ask(...questions: number[]): Promise<number[]> {
    return Promise.all(questions.map((question) => this.#gathered.ask(question)));
  }

  /** Answers the call that has waited longest. */
  async answer(error?: Error): Promise<void> {
    this.#answers.shift()?.(error);
    await settled();
  }
}

/** Resolves when all that follows from what has happened has been done. */
async function settled(): Promise<void> {
  await macrotask();
  await macrotask();
}

function lastDigitOf(question: number): string {
  return String(question % 10);
}

describe('GatheredCall', () => {
  it('makes one call for what is asked in one turn, and one for what is asked until the answer', async () => {
    const calls = new Calls();
    const first = calls.ask(1, 2);
    await settled();
    const others = [calls.ask(3), calls.ask(4)];
    await settled();
    expect(calls.made).toEqual([[1, 2]]);
    await calls.answer();
    expect(await first).toEqual([2, 4]);
    expect(calls.made).toEqual([
      [1, 2],
      [3, 4],
    ]);
    await calls.answer();
    expect(await Promise.all(others)).toEqual([[6], [8]]);
  });

  it('has those ask together who are answered together', async () => {
    const calls = new Calls();
    const again = calls.ask(1, 2).then((answers) => calls.ask(...answers));
    const once = calls.ask(3);
    await settled();
    const later = calls.ask(4);
    await calls.answer();
    await once;
    expect(calls.made.slice(1)).toEqual([[4, 2, 4]]);
    await calls.answer();
    expect(await Promise.all([again, later])).toEqual([[4, 8], [8]]);
  });

  it('asks no more at once than it may', async () => {
    const calls = new Calls({ mostAtOnce: 2 });
    const answers = calls.ask(1, 2, 3, 4, 5);
    for (const made of [
      [[1, 2]],
      [
        [1, 2],
        [3, 4],
      ],
      [[1, 2], [3, 4], [5]],
    ]) {
      await settled();
      expect(calls.made).toEqual(made);
      await calls.answer();
    }
    expect(await answers).toEqual([2, 4, 6, 8, 10]);
  });

  it('makes a second call beside one that is under way only when enough wait', async () => {
    const calls = new Calls({ enoughForTwo: 2 });
    const answers = calls.ask(1, 2, 3);
    await settled();
    expect(calls.made).toEqual([[1, 2]]);
    const others = calls.ask(4, 5, 6);
    await settled();
    expect(calls.made).toEqual([
      [1, 2],
      [3, 4],
    ]);
    for (let i = 0; i < 3; i += 1) await calls.answer();
    expect(calls.made.slice(2)).toEqual([[5, 6]]);
    expect([await answers, await others]).toEqual([
      [2, 4, 6],
      [8, 10, 12],
    ]);
  });

  it('puts half of what waits into a call where there may be two, and no more than it may', async () => {
    const calls = new Calls({ mostAtOnce: 3, enoughForTwo: 2 });
    const answers = calls.ask(1, 2, 3, 4, 5, 6, 7, 8, 9);
    await settled();
    expect(calls.made).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    for (let i = 0; i < 4; i += 1) await calls.answer();
    expect(calls.made.slice(2)).toEqual([[7, 8], [9]]);
    expect(await answers).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18]);
  });

  it('asks nothing of a kind before all that was asked of it earlier is answered', async () => {
    const calls = new Calls({ enoughForTwo: 2, kindOf: lastDigitOf });
    const answers = calls.ask(1, 11, 21, 2, 31, 3, 41, 4);
    await settled();
    // The 31 has to wait for the 21, so it does not go with the 3.
    expect(calls.made).toEqual([[1, 11, 21, 2], [3]]);
    while (calls.made.flat().length < 8) await calls.answer();
    const asked = calls.made.flat();
    expect(asked.filter((question) => question % 10 === 1)).toEqual([1, 11, 21, 31, 41]);
    await calls.answer();
    expect(await answers).toEqual([2, 22, 42, 4, 62, 6, 82, 8]);
  });

  it('fails for those who asked and those who waited, and for nobody after them', async () => {
    const calls = new Calls();
    const failed = calls.ask(1);
    await settled();
    const waiting = calls.ask(2);
    const failures = Promise.allSettled([failed, waiting]);
    await calls.answer(new Error('away'));
    expect(await failures).toEqual([
      { status: 'rejected', reason: new Error('away') },
      { status: 'rejected', reason: new Error('away') },
    ]);
    const later = calls.ask(3);
    await settled();
    expect(calls.made).toEqual([[1], [3]]);
    await calls.answer();
    expect(await later).toEqual([6]);
  });
});
