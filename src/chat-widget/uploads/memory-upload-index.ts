import type { Clock } from '../../common/clock.js';
import { TtlMap } from '../../common/ttl-map.js';
import { LEAST_BYTES, UploadIndex, type IndexedUpload, type UploadOwner } from './upload-index.js';

interface Entry {
  readonly bytes: number;
  readonly untilMs: number;
}

/** Knows the uploads of this process. */
export class MemoryUploadIndex extends UploadIndex {
  readonly #clock: Clock;
  readonly #owners: TtlMap<Map<string, Entry>>;

  /** @param longestMs How long an upload may count. */
  constructor(clock: Clock, longestMs: number) {
    super();
    this.#clock = clock;
    this.#owners = new TtlMap(clock, longestMs);
  }

  add(
    owner: UploadOwner,
    { id, bytes: size, lifeMs }: IndexedUpload,
    mostBytes: number,
  ): Promise<boolean> {
    const nowMs = this.#clock.monotonicMs();
    const known = this.#owners.get(keyOf(owner)) ?? new Map<string, Entry>();
    const kept = [...known].filter(([other, { untilMs }]) => other !== id && untilMs > nowMs);
    const bytes = Math.max(LEAST_BYTES, size);
    const total = kept.reduce((sum, [, entry]) => sum + entry.bytes, bytes);
    if (total > mostBytes) return Promise.resolve(false);
    const entry = { bytes, untilMs: nowMs + lifeMs };
    this.#owners.set(keyOf(owner), new Map([...kept, [id, entry]]));
    return Promise.resolve(true);
  }

  list(owner: UploadOwner): Promise<string[]> {
    return Promise.resolve([...(this.#owners.get(keyOf(owner))?.keys() ?? [])]);
  }

  remove(owner: UploadOwner, uploadIds: readonly string[]): Promise<void> {
    const known = this.#owners.get(keyOf(owner));
    for (const id of uploadIds) known?.delete(id);
    if (known?.size === 0) this.#owners.delete(keyOf(owner));
    return Promise.resolve();
  }
}

function keyOf({ kind, id }: UploadOwner): string {
  return `${kind}:${id}`;
}
