import type { Clock } from './clock.js';

interface Entry<V> {
  readonly value: V;
  expiresAtMs: number;
  /** When it is checked next: its expiry when it was last put at the end of the map. */
  dueAtMs: number;
}

/**
 * A map that drops each entry a fixed time after it was last set or renewed. Expired entries are removed when
 * new ones are set, so no timer is needed.
 */
export class TtlMap<V> {
  /** Roughly in the order in which they are checked. */
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
    const nowMs = this.#clock.monotonicMs();
    this.#dropExpired(nowMs);
    this.#entries.delete(key);
    const expiresAtMs = nowMs + this.#lifeMs;
    this.#entries.set(key, { value, expiresAtMs, dueAtMs: expiresAtMs });
  }

  get(key: string): V | undefined {
    return this.#living(key, this.#clock.monotonicMs())?.value;
  }

  /** Gets an entry, and lets it live as long as if it had been set now. */
  renew(key: string): V | undefined {
    const nowMs = this.#clock.monotonicMs();
    const entry = this.#living(key, nowMs);
    // Not moved to the end here, because each reply renews a mapping: `#dropExpired` does it when the entry is due.
    if (entry) entry.expiresAtMs = nowMs + this.#lifeMs;
    return entry?.value;
  }

  delete(key: string): boolean {
    return this.#entries.delete(key);
  }

  /** The values that have not expired, oldest first. */
  values(): V[] {
    const nowMs = this.#clock.monotonicMs();
    this.#dropExpired(nowMs);
    const living = [...this.#entries.values()].filter(({ expiresAtMs }) => expiresAtMs > nowMs);
    return living.map(({ value }) => value);
  }

  #living(key: string, nowMs: number): Entry<V> | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAtMs > nowMs ? entry : undefined;
  }

  #dropExpired(nowMs: number): void {
    for (const [key, entry] of this.#entries) {
      if (entry.dueAtMs > nowMs) return;
      this.#entries.delete(key);
      if (entry.expiresAtMs <= nowMs) continue;
      entry.dueAtMs = entry.expiresAtMs;
      this.#entries.set(key, entry);
    }
  }
}
