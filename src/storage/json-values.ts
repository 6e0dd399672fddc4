import type { TtlStore } from './ttl-store.js';

/**
 * Reads what {@link writeJson} has stored; null when there is nothing. Whoever reads a key names the type that is written there.
 *
 * @throws When the store does not answer within 2 seconds.
 */
export async function readJson<T>(store: TtlStore, key: string): Promise<T | null> {
  const text = await store.get(key);
  if (text === null) return null;
  const value: T = JSON.parse(text);
  return value;
}

/** @throws When the store does not answer within 2 seconds. */
export function writeJson(store: TtlStore, key: string, value: object): Promise<void> {
  return store.set(key, JSON.stringify(value));
}
