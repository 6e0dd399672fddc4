import { describe, expect, it } from 'vitest';
import { GatheredCall } from './gathered.call.js';

/** Calls that are answered when the test says so, each question with its double. */
class Calls {
  readonly made: number[][] = [];
  readonly #answers: Array<(error?: Error) => void> = [];
  readonly gathered: GatheredCall<number, number>;

  constructor(mostAtOnce?: number) {
    this.gathered = new GatheredCall((questions) => {
      this.made.push([...questions]);
      return new Promise((resolve, reject) => {
        this.#answers.push((error) =>
          error ? reject(error) : resolve(questions.map((question) => question * 2)),
        );
      });
    }, mostAtOnce);
  }

  answer(error?: Error): void {
    this.#answers.shift()?.(error);
  }
}

describe('GatheredCall', () => {
  it('calls at once, and gathers what is asked until the answer', async () => {
    const calls = new Calls();
    const one = calls.gathered.ask(1);
    const others = [calls.gathered.ask(2), calls.gathered.ask(3)];
    expect(calls.made).toEqual([[1]]);
    calls.answer();
    expect(await one).toBe(2);
    await expect.poll(() => calls.made).toEqual([[1], [2, 3]]);
    calls.answer();
    expect(await Promise.all(others)).toEqual([4, 6]);
  });

  it('asks no more at once than it may', async () => {
    const calls = new Calls(2);
    const answers = Promise.all([1, 2, 3, 4].map((question) => calls.gathered.ask(question)));
    for (const made of [[[1]], [[1], [2, 3]], [[1], [2, 3], [4]]]) {
      await expect.poll(() => calls.made).toEqual(made);
      calls.answer();
    }
    expect(await answers).toEqual([2, 4, 6, 8]);
  });

  it('fails for those who asked and those who waited, and for nobody after them', async () => {
    const calls = new Calls();
    const failed = [calls.gathered.ask(1), calls.gathered.ask(2)];
    calls.answer(new Error('away'));
    for (const each of failed) await expect(each).rejects.toThrow('away');
    const later = calls.gathered.ask(3);
    await expect.poll(() => calls.made).toEqual([[1], [3]]);
    calls.answer();
    expect(await later).toBe(6);
  });
});
