/** How many items of a queue wait, as far as this process knows: those that it has put there and nobody has done here. */
export class WaitingCount {
  #count = 0;
  #changes = 0;

  get count(): number {
    return this.#count;
  }

  /** How often it has grown. */
  get changes(): number {
    return this.#changes;
  }

  add(items: number): void {
    if (items > 0) this.#changes += 1;
    this.#count += items;
  }

  /** Others may have put there what was done here. */
  remove(items: number): void {
    this.#count = Math.max(0, this.#count - items);
  }

  /** Nothing waits any more. */
  clear(): void {
    this.#count = 0;
  }
}
