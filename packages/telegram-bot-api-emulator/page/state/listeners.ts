/** Whoever wants to know when something happens. */
export class Listeners<T extends readonly unknown[] = []> {
  readonly #listeners = new Set<(...news: T) => void>();

  /** @returns What ends it. */
  add(listener: (...news: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(...news: T): void {
    for (const listener of this.#listeners) listener(...news);
  }
}
