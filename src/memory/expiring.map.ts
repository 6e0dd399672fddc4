import type { Clock } from '../clock/clock.js';

interface Entry<V> {
  readonly value: V;
  readonly expiresAtMs: number;
}

/**
 * A map that forgets each entry a fixed time after it was last set. What has expired is dropped as
 * new entries come in, so nothing ticks while nothing happens.
 */
export class ExpiringMap<V> {
  /** Every entry lives equally long and is moved to the end when set: the oldest stands first. */
  readonly #entries = new Map<string, Entry<V>>();
  readonly #clock: Clock;
  readonly #lifeMs: number;

  constructor(clock: Clock, lifeMs: number) {
    this.#clock = clock;
    this.#lifeMs = lifeMs;
  }

  get size(): number {
    return this.#entries.size;
  }

  set(key: string, value: V): void {
    this.#dropExpired();
    this.#entries.delete(key);
    this.#entries.set(key, { value, expiresAtMs: this.#clock.now() + this.#lifeMs });
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAtMs > this.#clock.now() ? entry.value : undefined;
  }

  /** Gets an entry that then lives as long as if it had been set now. */
  renew(key: string): V | undefined {
    const value = this.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  delete(key: string): boolean {
    return this.#entries.delete(key);
  }

  /** The values that have not expired, oldest first. */
  values(): V[] {
    this.#dropExpired();
    return [...this.#entries.values()].map(({ value }) => value);
  }

  #dropExpired(): void {
    const nowMs = this.#clock.now();
    for (const [key, entry] of this.#entries) {
      if (entry.expiresAtMs > nowMs) return;
      this.#entries.delete(key);
    }
  }
}
