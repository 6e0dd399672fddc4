interface Waiter {
  /** Settles the promise if what it waits for is there. */
  readonly check: () => void;
  readonly fail: (error: Error) => void;
}

/** Promises of what is still to come, looked at again whenever something has changed. */
export class ArrivalWaiters {
  readonly #waiters = new Set<Waiter>();
  readonly #hints: Array<() => readonly string[]> = [];

  /** @param timeoutMs How long to wait where the test says nothing else. */
  constructor(readonly timeoutMs: number) {}

  /** Adds what errors of waits that were in vain say of the cause, a line for each sentence. */
  addHints(hints: () => readonly string[]): void {
    this.#hints.unshift(hints);
  }

  /**
   * Resolves with what `find` finds, at once if it is there already.
   *
   * @param timeoutMs Real milliseconds, whatever the emulator's clock says.
   * @param describe What the error says when the time is over.
   */
  wait<T>(find: () => T | undefined, timeoutMs: number, describe: () => string): Promise<T> {
    const found = find();
    if (found !== undefined) return Promise.resolve(found);
    const promise = new Promise<T>((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timeout);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        check: () => {
          const value = find();
          if (value === undefined) return;
          settle();
          resolve(value);
        },
        fail: (error) => {
          settle();
          reject(error);
        },
      };
      const timeout = setTimeout(
        () => waiter.fail(new Error(this.#explain(describe()))),
        timeoutMs,
      );
      this.#waiters.add(waiter);
    });
    // Whoever waits sees the rejection; a test that has already failed must not end the process.
    promise.catch(() => undefined);
    return promise;
  }

  /** Says that something has changed. */
  notify(): void {
    for (const waiter of this.#waiters) waiter.check();
  }

  #explain(text: string): string {
    return [text, ...this.#hints.flatMap((hints) => hints())].join('\n');
  }

  /** Rejects all that still wait. */
  close(reason: string): void {
    for (const waiter of this.#waiters) waiter.fail(new Error(reason));
  }
}
