/** What uploads on their way may hold in memory, in all. */
const MOST_BYTES = 67_108_864;

/** Uploads of one customer at a time. */
const MOST_OF_CUSTOMER = 4;

/** What an upload on its way holds of the budget. */
export interface UploadShare {
  /** Counts bytes that have arrived. False when there is no room for them. */
  add(bytes: number): boolean;
  /** Gives all of it back, to be called once. */
  free(): void;
}

/** Bounds the memory of this process that uploads take while they arrive, whoever sends how many at once. */
export class UploadBudget {
  readonly #mostBytes: number;
  readonly #ofCustomers = new Map<string, number>();
  #heldBytes = 0;

  /** @param largest The size of the largest upload, which always fits alone. */
  constructor(largest: number) {
    this.#mostBytes = Math.max(MOST_BYTES, largest);
  }

  /** Begins an upload, which holds what has arrived of it; undefined when its customer has too many already. */
  begin(customerId: string): UploadShare | undefined {
    const count = this.#ofCustomers.get(customerId) ?? 0;
    if (count >= MOST_OF_CUSTOMER) return undefined;
    this.#ofCustomers.set(customerId, count + 1);
    let held = 0;
    return {
      add: (bytes) => {
        if (this.#heldBytes + bytes > this.#mostBytes) return false;
        this.#heldBytes += bytes;
        held += bytes;
        return true;
      },
      free: () => {
        this.#heldBytes -= held;
        const left = (this.#ofCustomers.get(customerId) ?? 1) - 1;
        if (left > 0) this.#ofCustomers.set(customerId, left);
        else this.#ofCustomers.delete(customerId);
      },
    };
  }
}
