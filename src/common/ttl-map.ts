import type { Clock } from './clock.js';

interface Entry<V> {
  readonly value: V;
  expiresAtMs: number;
  /** When it is looked at: when it was to expire, the last time that it was put in its place. */
  dueAtMs: number;
}

/**
 * A map that forgets each entry a fixed time after it was last set or renewed. What has expired is
 * dropped as new entries come in, so nothing ticks while nothing happens.
 */
export class TtlMap<V> {
  /** The first is the next to be looked at, or nearly so. */
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

  /** Gets an entry that then lives as long as if it had been set now. */
  renew(key: string): V | undefined {
    const nowMs = this.#clock.monotonicMs();
    const entry = this.#living(key, nowMs);
    // It stays in its place until it is looked at, since each reply renews a mapping.
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
