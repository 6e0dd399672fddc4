/** Counts the replies that a server has handled, and lets others wait for a number of them. */
export class HandledCount {
  #count = 0;
  #wanted = Infinity;
  #onReached: () => void = () => undefined;

  add(): void {
    this.#count += 1;
    if (this.#count >= this.#wanted) this.#onReached();
  }

  /** Resolves when so many have been handled. */
  reached(wanted: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wanted = wanted;
      this.#onReached = resolve;
      if (this.#count >= wanted) resolve();
    });
  }
}
