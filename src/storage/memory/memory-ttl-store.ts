import type { TtlMap } from '../../common/ttl-map.js';
import { TtlStore } from '../ttl-store.js';

/** Keeps the texts in the memory of this process, until it ends. */
export class MemoryTtlStore extends TtlStore {
  readonly #values: TtlMap<string>;

  constructor(values: TtlMap<string>) {
    super();
    this.#values = values;
  }

  get(key: string): Promise<string | null> {
    return Promise.resolve(this.#values.get(key) ?? null);
  }

  set(key: string, value: string): Promise<void> {
    this.#values.set(key, value);
    return Promise.resolve();
  }

  setIfAbsent(key: string, value: string): Promise<string> {
    const known = this.#values.get(key);
    if (known === undefined) this.#values.set(key, value);
    return Promise.resolve(known ?? value);
  }

  delete(key: string): Promise<void> {
    this.#values.delete(key);
    return Promise.resolve();
  }
}
