/** Values in the storage of the browser, or in this object where that is blocked or full. */
export class SafeStorage {
  readonly #memory = new Map<string, string>();

  /** @param open Throws where storage is blocked, as `window.localStorage` does. */
  constructor(
    private readonly open: () => Storage,
    private readonly prefix: string,
  ) {}

  read(name: string): unknown {
    try {
      const text = this.#memory.get(name) ?? this.open().getItem(this.prefix + name);
      return text === null ? undefined : JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  write(name: string, value: unknown): void {
    const text = JSON.stringify(value);
    try {
      this.open().setItem(this.prefix + name, text);
      this.#memory.delete(name);
    } catch {
      this.#memory.set(name, text);
    }
  }

  remove(name: string): void {
    this.#memory.delete(name);
    try {
      this.open().removeItem(this.prefix + name);
    } catch {
      // Nothing is kept where storage is blocked.
    }
  }

  /** The names that begin with a text. */
  names(start: string): string[] {
    const names = [...this.#memory.keys()];
    try {
      const kept = Object.keys(this.open());
      const ours = kept.filter((name) => name.startsWith(this.prefix));
      names.push(...ours.map((name) => name.slice(this.prefix.length)));
    } catch {
      // The names in memory are all there are.
    }
    return names.filter((name) => name.startsWith(start));
  }
}
