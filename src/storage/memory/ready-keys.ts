import type { MemoryJobList } from './memory-job-list.js';

/** Lanes that wait for a free handler: the most urgent first, of equals the one that came first. */
export class ReadyKeys<T> {
  readonly #priorityOf: (payload: T) => number;
  /** By urgency. */
  readonly #lines = new Map<number, Array<MemoryJobList<T>>>();
  #length = 0;

  constructor(priorityOf: (payload: T) => number = () => 0) {
    this.#priorityOf = priorityOf;
  }

  get length(): number {
    return this.#length;
  }

  /** Lines a lane up behind those that are as urgent. */
  push(lane: MemoryJobList<T>): void {
    this.#lineOf(lane).push(lane);
    this.#length += 1;
  }

  /** Lets a lane go on before all others that are as urgent. */
  unshift(lane: MemoryJobList<T>): void {
    this.#lineOf(lane).unshift(lane);
    this.#length += 1;
  }

  /** Takes out the lane whose turn it is. */
  shift(): MemoryJobList<T> | undefined {
    if (this.#length === 0) return undefined;
    this.#length -= 1;
    let first = Number.POSITIVE_INFINITY;
    for (const [urgency, line] of this.#lines) {
      if (line.length > 0 && urgency < first) first = urgency;
    }
    return this.#lines.get(first)?.shift();
  }

  #lineOf({ items: [head] }: MemoryJobList<T>): Array<MemoryJobList<T>> {
    const urgency = head ? this.#priorityOf(head.payload) : 0;
    const line = this.#lines.get(urgency) ?? [];
    this.#lines.set(urgency, line);
    return line;
  }
}
