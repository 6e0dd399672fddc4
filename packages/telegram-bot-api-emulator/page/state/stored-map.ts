type StorageName = 'localStorage' | 'sessionStorage';

/** Values by keys that this browser keeps over reloads, as far as it may keep anything. */
export class StoredMap<V extends string | number> {
  readonly #values: Map<string, V>;
  readonly #name: string;
  readonly #storage: StorageName;

  /** @param storage What is of one emulator is kept for the tab, what is of its user for good. */
  constructor(name: string, storage: StorageName = 'sessionStorage') {
    this.#name = `telegram-bot-api-emulator.${name}`;
    this.#storage = storage;
    this.#values = new Map(readEntries<V>(this.#name, storage));
  }

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V | undefined): void {
    if (this.#values.get(key) === value) return;
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
    try {
      window[this.#storage].setItem(this.#name, JSON.stringify([...this.#values]));
    } catch {
      // A browser that keeps nothing: the page works until it is closed.
    }
  }
}

function readEntries<V>(name: string, storage: StorageName): [string, V][] {
  try {
    const entries: [string, V][] = JSON.parse(window[storage].getItem(name) ?? '[]');
    return entries;
  } catch {
    return [];
  }
}
