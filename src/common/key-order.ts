/** Has steps of one key begin in the order in which they were given. No key waits for another. */
export class KeyOrder {
  /** By key, the end of the last step that holds it. */
  readonly #holds = new Map<string, Promise<void>>();

  /** Begins a step: at once, unless a step given before holds the key. */
  run<T>(key: string, step: () => Promise<T>): Promise<T> {
    const hold = this.#holds.get(key);
    return hold ? hold.then(step) : step();
  }

  /** The same for a step that does not do its work at once: what is given after it begins when it has ended. */
  hold<T>(key: string, step: () => Promise<T>): Promise<T> {
    const result = this.run(key, step);
    const forget = (): void => {
      if (this.#holds.get(key) === ended) this.#holds.delete(key);
    };
    const ended: Promise<void> = result.then(forget, forget);
    this.#holds.set(key, ended);
    return result;
  }
}
